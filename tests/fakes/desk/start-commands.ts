import { standardPort } from '../../../src/setting.ts';

/** What the program has to be told to find the fakes. */
export interface Whereabouts {
  readonly desk: string;
  /** The port that the program is to listen on. */
  readonly program: number;
  readonly botToken: string;
  readonly telegram: string;
  readonly whatsapp: { readonly url: string; readonly root: string; readonly certificate: string | null };
  readonly assistantsNumber: string;
  /** What the desk shows with every text that it brings. */
  readonly smsSecret: string;
  /** A folder for the program's data: what is kept of a real link must not be shown to a fake. */
  readonly folder: string;
}

/** A way to start the program on the fakes. */
export interface StartCommand {
  readonly what: string;
  readonly command: string;
}

/** The commands that start the program on the fakes, with SMS in each of them, for a POSIX shell in the project's folder. */
export function startCommands(where: Whereabouts): readonly StartCommand[] {
  const always = {
    ...(where.program !== standardPort && { PORT: String(where.program) }),
    SMS_SEND_URL: `${where.desk}/sms?to={to}&text={text}`,
    SMS_WEBHOOK_SECRET: where.smsSecret,
    DATA_FOLDER: where.folder,
  };
  const telegram = { TELEGRAM_BOT_TOKEN: where.botToken, TELEGRAM_API_ROOT: where.telegram };
  const { url, root, certificate } = where.whatsapp;
  const whatsapp = {
    WHATSAPP: 'on',
    WHATSAPP_WS_URL: url,
    FAKE_WHATSAPP_ROOT: root,
    ...(certificate !== null && { NODE_EXTRA_CA_CERTS: certificate }),
  };
  const trusting = 'node scripts/run.mjs node --import ./tests/fakes/whatsapp/trust.ts src/main.ts serve';
  return [
    { what: 'Telegram', command: line({ ...telegram, ...always }, 'npm start') },
    {
      what: 'Telegram by webhook',
      command: line({ ...telegram, TELEGRAM_WEBHOOK_URL: `http://127.0.0.1:${where.program}`, ...always }, 'npm start'),
    },
    { what: 'WhatsApp, linked by QR code', command: line({ ...whatsapp, ...always }, trusting) },
    {
      what: 'WhatsApp, linked by pairing code',
      command: line({ ...whatsapp, WHATSAPP_PAIR_WITH: where.assistantsNumber, ...always }, trusting),
    },
    {
      what: 'Telegram and WhatsApp',
      command: line({ ...telegram, ...whatsapp, ...always }, trusting),
    },
    { what: 'SMS and the web page alone', command: line(always, 'npm start') },
  ];
}

function line(settings: Readonly<Record<string, string>>, program: string): string {
  const set = Object.entries(settings).map(([name, value]) => `${name}=${quoted(value)}`);
  return [...set, program].join(' ');
}

/** As a POSIX shell reads it. */
function quoted(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", String.raw`'\''`)}'`;
}
