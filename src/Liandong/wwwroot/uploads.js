// Files travel as soon as they are chosen: in pieces (tus 1.0), several at once, each with a bar, on again after a broken connection.
// The form then carries their numbers instead of the files. Without this script the same form carries the files themselves.
(() => {
  'use strict';
  const address = '/api/v1/uploads';
  const parallel = 2;
  const pauses = [1000, 2000, 4000, 8000, 15000, 30000];
  const wait = ms => new Promise(done => setTimeout(done, ms));
  const sizeOf = bytes => bytes > 1048576 ? `${(bytes / 1048576).toFixed(1)} MB` : `${Math.max(1, Math.round(bytes / 1024))} KB`;
  const base64 = text => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

  // What the browser remembers of a file that was not sent to its end; nothing of its content.
  const memory = {
    key: file => `liandong-upload:${file.name}:${file.size}:${file.lastModified}`,
    read(file) { try { return localStorage.getItem(this.key(file)); } catch { return null; } },
    keep(file, place) { try { localStorage.setItem(this.key(file), place); } catch { /* Private window: no resuming after a reload. */ } },
    drop(file) { try { localStorage.removeItem(this.key(file)); } catch { /* As above. */ } },
  };

  class Refused extends Error {}
  class Broken extends Error {}

  const send = (method, place, headers, body, onProgress) => new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    request.open(method, place);
    request.setRequestHeader('Tus-Resumable', '1.0.0');
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    if (onProgress) request.upload.addEventListener('progress', event => onProgress(event.loaded));
    request.addEventListener('load', () => {
      if (request.status < 300) return done(request);
      let problem = {};
      try { problem = JSON.parse(request.responseText); } catch { /* An answer from something in between. */ }
      const again = request.status >= 500 || request.status === 429 || ['upload.offset-mismatch', 'upload.in-progress', 'attachment.busy'].includes(problem.code);
      const words = problem.errors ? Object.values(problem.errors).flat().join(' ') : problem.detail;
      fail(again ? new Broken(words || '') : Object.assign(new Refused(words || `没有传成(${request.status})。`), { status: request.status }));
    });
    for (const name of ['error', 'timeout']) request.addEventListener(name, () => fail(new Broken('')));
    request.addEventListener('abort', () => fail(new Refused('已取消。')));
    request.timeout = 300000;
    line.current?.(request);
    request.send(body);
  });
  const line = { current: null };

  document.querySelectorAll('[data-upload]').forEach(box => {
    const name = box.dataset.upload;
    const limit = Number(box.dataset.uploadMax);
    const chunk = Number(box.dataset.uploadChunk);
    const input = box.querySelector('input[type=file]');
    const list = box.querySelector('[data-upload-list]');
    const say = box.querySelector('[data-upload-say]');
    const form = box.closest('form');
    const queue = [];
    let running = 0;
    let required = input.required;
    box.querySelector('[data-upload-drop]').hidden = false;

    const unfinished = () => list.querySelectorAll('[data-pending]').length;
    const update = () => {
      const busy = unfinished() > 0;
      form?.querySelectorAll('button[type=submit]').forEach(button => { button.disabled = busy; });
      input.required = required && list.querySelectorAll('input[type=hidden]').length === 0;
    };

    const add = file => {
      const item = document.createElement('li');
      item.className = 'upload-line';
      const title = document.createElement('span');
      title.className = 'upload-name';
      title.textContent = file.name;
      const state = document.createElement('span');
      state.className = 'quiet small';
      const bar = document.createElement('progress');
      bar.max = file.size || 1;
      bar.value = 0;
      bar.setAttribute('aria-label', `${file.name} 的上传进度`);
      const stop = document.createElement('button');
      stop.type = 'button';
      stop.className = 'btn btn-sm btn-quiet';
      stop.textContent = '取消';
      stop.setAttribute('aria-label', `取消 ${file.name}`);
      item.append(title, state, bar, stop);
      list.append(item);
      const job = { file, item, state, bar, stop, place: null, gone: false, request: null };
      stop.addEventListener('click', () => {
        job.gone = true;
        job.request?.abort();
        if (job.place) send('DELETE', job.place, {}).catch(() => {});
        memory.drop(file);
        item.remove();
        say.textContent = `已取消 ${file.name}`;
        update();
        input.focus();
      });
      if (file.size === 0) return fail(job, '文件是空的。');
      if (limit && file.size > limit) return fail(job, `超过 ${Math.floor(limit / 1048576)} MB,请压缩或拆分。`);
      item.dataset.pending = '1';
      queue.push(job);
      update();
      next();
    };

    const next = () => {
      while (running < parallel && queue.length > 0) {
        const job = queue.shift();
        if (job.gone) continue;
        running++;
        run(job).catch(failure => { if (!job.gone) fail(job, failure.message); }).finally(() => { running--; update(); next(); });
      }
    };

    const fail = (job, words) => {
      delete job.item.dataset.pending;
      job.bar.remove();
      job.state.textContent = words;
      job.state.className = 'text-bad small';
      job.stop.textContent = '移去';
      job.stop.setAttribute('aria-label', `移去 ${job.file.name}`);
      say.textContent = `${job.file.name}:${words}`;
      memory.drop(job.file);
      update();
    };

    const show = (job, sent) => {
      job.bar.value = sent;
      job.state.textContent = `${sizeOf(sent)} / ${sizeOf(job.file.size)}`;
    };

    // Where to go on: at the place remembered, if the server still knows it and it is the same file's; at a new one otherwise.
    const begin = async job => {
      const known = job.place ?? memory.read(job.file);
      if (known) {
        try {
          const answer = await call(job, 'HEAD', known, {});
          if (Number(answer.getResponseHeader('Upload-Length')) === job.file.size) {
            job.place = known;
            return Number(answer.getResponseHeader('Upload-Offset'));
          }
        } catch (failure) {
          if (failure instanceof Broken) throw failure;
        }
        memory.drop(job.file);
      }
      const answer = await call(job, 'POST', address, { 'Upload-Length': String(job.file.size), 'Upload-Metadata': `filename ${base64(job.file.name)}` });
      job.place = new URL(answer.getResponseHeader('Location'), location.href).pathname;
      memory.keep(job.file, job.place);
      return 0;
    };

    const call = (job, method, place, headers, body, onProgress) => {
      line.current = request => { job.request = request; };
      const answer = send(method, place, headers, body, onProgress);
      line.current = null;
      return answer;
    };

    const run = async job => {
      for (let failures = 0; ;) {
        try {
          let offset = await begin(job);
          show(job, offset);
          do {
            const piece = job.file.slice(offset, offset + chunk);
            const from = offset;
            const answer = await call(job, 'PATCH', job.place, { 'Content-Type': 'application/offset+octet-stream', 'Upload-Offset': String(offset) }, piece, sent => show(job, Math.min(from + sent, job.file.size)));
            offset = Number(answer.getResponseHeader('Upload-Offset'));
            failures = 0;
          } while (offset < job.file.size);
          break;
        } catch (failure) {
          if (job.gone || !(failure instanceof Broken) || failures >= pauses.length) {
            throw failure instanceof Broken ? new Error('连接中断,没有传完。再选一次这个文件,就从断开的地方继续。') : failure;
          }
          job.state.textContent = '连接中断,正在重试…';
          say.textContent = `${job.file.name}:连接中断,正在重试`;
          await wait(pauses[failures++]);
        }
      }
      if (job.gone) return;
      // Whole: the same file chosen again is a new sending.
      memory.drop(job.file);
      const carried = document.createElement('input');
      carried.type = 'hidden';
      carried.name = name;
      carried.value = job.place.split('/').pop();
      job.item.append(carried);
      delete job.item.dataset.pending;
      job.bar.remove();
      job.stop.textContent = '移去';
      job.stop.setAttribute('aria-label', `移去 ${job.file.name}`);
      job.state.textContent = `${sizeOf(job.file.size)} · 已传完`;
      say.textContent = `${job.file.name} 已传完`;
    };

    input.addEventListener('change', () => {
      const files = Array.from(input.files);
      // The files travel by themselves: the form must not carry them a second time.
      input.value = '';
      files.forEach(add);
      update();
    });
    for (const kind of ['dragenter', 'dragover']) box.addEventListener(kind, event => { event.preventDefault(); box.classList.add('upload-over'); });
    for (const kind of ['dragleave', 'drop']) box.addEventListener(kind, () => box.classList.remove('upload-over'));
    box.addEventListener('drop', event => {
      event.preventDefault();
      const files = Array.from(event.dataTransfer.files);
      (input.multiple ? files : files.slice(0, 1)).forEach(add);
    });
    form?.addEventListener('submit', event => {
      if (unfinished() === 0) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      say.textContent = '文件还没有传完。';
    }, true);
  });
})();
