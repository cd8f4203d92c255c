// Small comforts on top of pages that work without them. No dependency, no network, nothing that a server act relies on.
(() => {
  'use strict';
  const all = (selector, from = document) => Array.from(from.querySelectorAll(selector));

  // Open sheets close on Escape and on a click elsewhere, and turn to the side where there is room.
  const closeSheets = except => all('details.pop[open], details.due[open]').forEach(sheet => { if (sheet !== except && !sheet.contains(except)) sheet.open = false; });
  document.addEventListener('click', event => closeSheets(event.target.closest('details.pop, details.due')));
  document.addEventListener('keydown', event => {
    if (event.key === 'Escape') {
      const open = event.target.closest?.('details[open]');
      closeSheets(null);
      open?.querySelector('summary')?.focus();
      if (location.hash === '#side') history.back();
    }
    if (event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey && !event.target.closest('input, textarea, select, [contenteditable]')) {
      const search = document.querySelector('.search input');
      if (search && search.offsetParent) { event.preventDefault(); search.focus(); search.select(); }
    }
  });
  document.addEventListener('toggle', event => {
    const sheet = event.target;
    if (!sheet.open || !sheet.matches?.('details.pop, details.due')) return;
    const box = sheet.querySelector('.pop-sheet')?.getBoundingClientRect();
    if (!box) return;
    if (box.right > document.documentElement.clientWidth - 8) sheet.classList.add('pop-end');
    if (box.bottom > window.innerHeight - 8 && sheet.getBoundingClientRect().top > box.height + 60) sheet.classList.add('pop-up');
  }, true);

  // On a phone the tabs run out of the screen: the page that is open is in sight.
  all('.tabs [aria-current]').forEach(tab => { const row = tab.parentElement; if (row.scrollWidth > row.clientWidth) row.scrollLeft = tab.offsetLeft - row.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2; });

  // One press, one request. The server refuses a second effect in any case; this spares the person the refusal.
  document.addEventListener('submit', event => {
    const form = event.target;
    if (form.method !== 'post' || form.target) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = '1';
    // An answer that is a file leaves this page standing: let the form go again after a while.
    setTimeout(() => { delete form.dataset.sent; event.submitter?.classList.remove('is-sending'); }, 10000);
    event.submitter?.classList.add('is-sending');
  });
  window.addEventListener('pageshow', () => all('form[data-sent]').forEach(form => {
    delete form.dataset.sent;
    all('.is-sending', form).forEach(button => button.classList.remove('is-sending'));
  }));

  // A long form keeps its own draft on the server, some seconds after the last word. Files are not part of it.
  all('form[data-draft]').forEach(form => {
    const said = form.querySelector('[data-draft-said]');
    const typed = () => {
      const fields = new FormData(form);
      for (const [name, value] of [...fields]) if (value instanceof File) fields.delete(name);
      fields.set('_draft', 'keep');
      return fields;
    };
    const asText = fields => new URLSearchParams(fields).toString();
    let kept = asText(typed());
    let timer;
    const keep = async () => {
      const fields = typed();
      if (form.dataset.sent || asText(fields) === kept) return;
      try {
        const answer = await fetch(location.href, { method: 'POST', body: fields, redirect: 'manual', keepalive: true });
        if (answer.type !== 'opaqueredirect') return;
        kept = asText(fields);
        if (said) said.textContent = `草稿已存 ${new Date().toLocaleTimeString('zh-CN', { hour: '2-digit', minute: '2-digit', hour12: false })}`;
      } catch { /* No network just now: the next word tries again. */ }
    };
    form.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(keep, 4000); });
    document.addEventListener('visibilitychange', () => { if (document.hidden) { clearTimeout(timer); keep(); } });
  });

  // Lists: one box for all, and how many are chosen.
  all('[data-select-all]').forEach(box => {
    const form = box.closest('form') ?? document;
    const rows = () => all('tbody .cell-check input', form);
    const count = form.querySelector('[data-select-count]');
    const show = () => {
      const chosen = rows().filter(row => row.checked).length;
      box.checked = chosen > 0 && chosen === rows().length;
      box.indeterminate = chosen > 0 && chosen < rows().length;
      if (count) count.textContent = chosen ? `已选 ${chosen} 项` : '';
    };
    box.hidden = false;
    box.closest('label')?.removeAttribute('hidden');
    box.addEventListener('change', () => { rows().forEach(row => { row.checked = box.checked; }); show(); });
    form.addEventListener('change', event => { if (event.target !== box) show(); });
    show();
  });

  // Chosen files with their sizes, and the ones that are too big before they are sent.
  all('input[type=file][data-max-mb]').forEach(input => {
    const list = document.getElementById(input.id + '-list');
    input.addEventListener('change', () => {
      const limit = Number(input.dataset.maxMb) * 1048576;
      list.replaceChildren(...Array.from(input.files, file => {
        const line = document.createElement('li');
        const size = file.size > 1048576 ? `${(file.size / 1048576).toFixed(1)} MB` : `${Math.max(1, Math.round(file.size / 1024))} KB`;
        line.textContent = `${file.name}(${size})${limit && file.size > limit ? ` 超过 ${input.dataset.maxMb} MB,请压缩或拆分` : ''}`;
        if (limit && file.size > limit) line.className = 'text-bad';
        return line;
      }));
    });
  });

  // How much may still be written.
  all('textarea[maxlength]').forEach(area => {
    const left = document.createElement('p');
    left.className = 'field-count';
    left.setAttribute('aria-hidden', 'true');
    const show = () => { left.textContent = `${area.value.length} / ${area.maxLength}`; };
    area.after(left);
    area.addEventListener('input', show);
    show();
  });

  all('[data-print]').forEach(button => {
    button.hidden = false;
    button.addEventListener('click', () => window.print());
  });

  // Timeline: only the organ or channel asked for.
  all('[data-history-filter]').forEach(select => {
    select.closest('[hidden]')?.removeAttribute('hidden');
    const history = document.getElementById(select.dataset.historyFilter);
    select.addEventListener('change', () => all('li', history).forEach(line => {
      line.hidden = select.value !== '' && line.dataset.organ !== select.value;
    }));
  });

  // A refused form: start at what is wrong.
  document.querySelector('.error-summary')?.focus();
})();
