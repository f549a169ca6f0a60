import { assistantScript, bareScript, plainScript, type Script, smsScript } from './dialogue.ts';

/** How a Redis server keeps what it holds: not at all, or in a file that is flushed each second or with every answer. */
export const keepings = ['nothing', 'everysec', 'always'] as const;
export type Keeping = (typeof keepings)[number];

/** One bot, and what it stands on. */
export interface Contender {
  readonly name: string;
  readonly says: string;
  /** Its module in this folder. */
  readonly file: string;
  readonly script: Script;
  readonly redis: Keeping;
  readonly engine?: 'redis' | 'memory';
  readonly postgres?: boolean;
  readonly sms?: boolean;
}

const assistant = { file: 'bots/assistant.ts', script: assistantScript, redis: 'nothing' } as const;

export const contenders: readonly Contender[] = [
  { ...assistant, name: 'a', says: 'this product' },
  { ...assistant, name: 'a-everysec', says: 'this product, AOF each second', redis: 'everysec' },
  { ...assistant, name: 'a-always', says: 'this product, AOF always', redis: 'always' },
  { ...assistant, name: 'a-postgres', says: 'this product, members in Postgres', postgres: true },
  { ...assistant, name: 'a-memory', says: 'this product, memory engine', engine: 'memory' },
  {
    name: 'b',
    says: 'grammY, sessions in Redis',
    file: 'bots/grammy-session.ts',
    script: plainScript,
    redis: 'nothing',
  },
  {
    name: 'b-sms',
    says: 'grammY, sessions, codes by SMS',
    file: 'bots/grammy-session.ts',
    script: smsScript,
    redis: 'nothing',
    sms: true,
  },
  {
    name: 'c',
    says: 'grammY, conversations plugin',
    file: 'bots/grammy-conversations.ts',
    script: plainScript,
    redis: 'nothing',
  },
  { name: 'd', says: 'node:http, GET + SET + call', file: 'bots/bare.ts', script: bareScript, redis: 'nothing' },
];
