/** A bot on grammY as one writes it by hand: a session in Redis, a switch over its step. Nothing is durable. */
import { randomInt } from 'node:crypto';
import { type Context, type SessionFlavor, session } from 'grammy';
import { fixedCode } from '../dialogue.ts';
import { settings } from './bot-process.ts';
import { grammyBot, serveGrammy } from './grammy.ts';
import { type Member, membersByNik, words } from './members.ts';
import { openRedis, redisStorage } from './redis-storage.ts';

type State =
  | { readonly at: 'idle' }
  | { readonly at: 'nik' }
  | { readonly at: 'code'; readonly nik: string; readonly code: string }
  | { readonly at: 'verified'; readonly nik: string };

interface Kept {
  state: State;
}

const members = membersByNik(settings.members);
const bot = grammyBot<Context & SessionFlavor<Kept>>();

bot.use(
  session({
    initial: (): Kept => ({ state: { at: 'idle' } }),
    storage: redisStorage<Kept>(openRedis(settings.redis), 'session'),
  }),
);

bot.on('message:text', async (ctx) => {
  const [text, next] = await answer(ctx.session.state, ctx.message.text.trim().toLowerCase());
  ctx.session.state = next;
  await ctx.reply(text);
});

async function answer(state: State, text: string): Promise<[string, State]> {
  if (text === 'keluar') return [words.bye, { at: 'idle' }];
  switch (state.at) {
    case 'idle':
      return text.includes('saldo') ? [words.askNik, { at: 'nik' }] : [words.menu, state];
    case 'nik': {
      const member = members.get(text);
      if (!member) return [words.wrongNik, state];
      return [words.askCode, { at: 'code', nik: text, code: await sendCode(member) }];
    }
    case 'code':
      return text === state.code ? [balance(state.nik), { at: 'verified', nik: state.nik }] : [words.wrongCode, state];
    case 'verified':
      if (text === '1') return [balance(state.nik), state];
      if (text === '2') return [history(state.nik), state];
      return [words.choices, state];
  }
}

async function sendCode({ phone }: Member): Promise<string> {
  if (!settings.sms) return fixedCode;
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  const sent = await fetch(
    `${settings.api}/sms?to=${encodeURIComponent(phone)}&text=${encodeURIComponent(`Kode Anda ${code}`)}`,
  );
  await sent.arrayBuffer();
  return code;
}

function balance(nik: string): string {
  const member = members.get(nik);
  return member ? words.balance(member) : words.menu;
}

function history(nik: string): string {
  const member = members.get(nik);
  return member ? words.history(member) : words.menu;
}

serveGrammy(bot);
