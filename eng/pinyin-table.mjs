// Makes src/Liandong.Kernel/Parties/Data/pinyin.bin: the pinyin order of the ideographs U+3400..U+9FFF and where each initial begins in it.
// Needed only to renew the table:  node eng/pinyin-table.mjs src/Liandong.Kernel/Parties/Data/pinyin.bin
//
// Source: the pinyin collation of Unicode CLDR as built into node's ICU (made with ICU 78.2, CLDR 48). CLDR orders ideographs by their most common
// Mandarin reading, then tone, then strokes, and marks the beginning of each letter with U+FDD0 + the letter, so order and initials both come from
// comparing single characters. Unicode licence: see LICENSE-pinyin beside the table.
//
// Layout, little endian: u16 number of initials; for each u8 letter, u16 first rank; u16 first rank without a known reading; u16 first code point;
// u16 number of code points; then one u16 rank for each code point (0 = not an ideograph). Ranks count from 1.
import { writeFileSync } from 'node:fs';

const first = 0x3400, last = 0x9fff;
const collator = new Intl.Collator('zh-Hans-CN-u-co-pinyin');
const letters = [...'ABCDEFGHJKLMNOPQRSTWXYZ']; // no syllable begins with I, U or V
const characters = [];
for (let c = first; c <= last; c++) if (/\p{Unified_Ideograph}/u.test(String.fromCodePoint(c))) characters.push(String.fromCodePoint(c));

const ordered = [...characters, ...letters.map(letter => '\uFDD0' + letter)].sort(collator.compare);
const ranks = new Map(), initials = [];
for (const each of ordered) {
  if (each[0] !== '\uFDD0') ranks.set(each, ranks.size + 1);
  else initials.push({ letter: each[1], rank: ranks.size + 1 });
}
if (initials.map(each => each.letter).join('') !== letters.join('')) throw new Error('this ICU has no pinyin order: ' + initials.map(each => each.letter).join(''));

// Characters without a reading follow Z in order of code point, the first block before extension A.
const place = c => (c.codePointAt(0) >= 0x4e00 ? 0 : 0x10000) + c.codePointAt(0);
const order = [...ranks.keys()];
let tail = order.length - 1;
while (place(order[tail - 1]) < place(order[tail])) tail--;

const out = Buffer.alloc(2 + initials.length * 3 + 6 + (last - first + 1) * 2);
let at = out.writeUInt16LE(initials.length, 0);
for (const { letter, rank } of initials) at = out.writeUInt16LE(rank, out.writeUInt8(letter.toLowerCase().charCodeAt(0), at));
at = out.writeUInt16LE(tail + 1, at);
at = out.writeUInt16LE(first, at);
at = out.writeUInt16LE(last - first + 1, at);
for (let c = first; c <= last; c++) at = out.writeUInt16LE(ranks.get(String.fromCodePoint(c)) ?? 0, at);
writeFileSync(process.argv[2], out);
console.log(`${characters.length} ideographs, ${order.length - tail} without a reading, ${out.length} bytes, ICU ${process.versions.icu}, CLDR ${process.versions.cldr}`);
