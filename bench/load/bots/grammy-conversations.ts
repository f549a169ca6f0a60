/** The same dialogue with grammY's plugin for conversations, which keeps its log in Redis and plays it again each turn. */
import { type Conversation, type ConversationFlavor, conversations, createConversation } from '@grammyjs/conversations';
import type { Context } from 'grammy';
import { fixedCode } from '../dialogue.ts';
import { settings } from './bot-process.ts';
import { grammyBot, serveGrammy } from './grammy.ts';
import { type Member, membersByNik, words } from './members.ts';
import { openRedis, redisStorage } from './redis-storage.ts';

const members = membersByNik(settings.members);
const bot = grammyBot<ConversationFlavor<Context>>();

async function saldo(conversation: Conversation<ConversationFlavor<Context>>, ctx: Context): Promise<void> {
  await ctx.reply(words.askNik);
  let member: Member | undefined;
  while (!member) {
    const { message } = await conversation.waitFor('message:text');
    member = members.get(message.text.trim());
    await ctx.reply(member ? words.askCode : words.wrongNik);
  }
  while ((await conversation.waitFor('message:text')).message.text.trim() !== fixedCode) {
    await ctx.reply(words.wrongCode);
  }
  await ctx.reply(words.balance(member));
  for (;;) {
    const { message } = await conversation.waitFor('message:text');
    const text = message.text.trim().toLowerCase();
    if (text === 'keluar') break;
    await ctx.reply(text === '1' ? words.balance(member) : text === '2' ? words.history(member) : words.choices);
  }
  await ctx.reply(words.bye);
}

bot.use(conversations({ storage: redisStorage(openRedis(settings.redis), 'conversation') }));
bot.use(createConversation(saldo));
bot.on('message:text', async (ctx) => {
  if (ctx.message.text.toLowerCase().includes('saldo')) await ctx.conversation.enter('saldo');
  else await ctx.reply(words.menu);
});

serveGrammy(bot);
