/** No bot at all: each turn one GET, one SET and one call to the platform. What is left is what no bot can do without. */
import { Agent, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { botToken, webhookSecret } from '../dialogue.ts';
import { bodyOf, serveBot, settings } from './bot-process.ts';
import { openRedis } from './redis-storage.ts';

const redis = openRedis(settings.redis);
const agent = new Agent({ keepAlive: true });
const updateSchema = z.object({ message: z.object({ chat: z.object({ id: z.number() }), text: z.string() }) });

serveBot((incoming, response) => void take(incoming, response));

async function take(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  if (incoming.headers['x-telegram-bot-api-secret-token'] !== webhookSecret) {
    response.writeHead(401).end();
    return;
  }
  const { message } = updateSchema.parse(JSON.parse(await bodyOf(incoming)));
  const key = `session:${message.chat.id}`;
  const turns = Number(await redis.get(key)) + 1;
  await redis.set(key, String(turns), 'EX', 26 * 60 * 60);
  await sendMessage(message.chat.id, `Giliran ${turns}: ${message.text}`);
  response.end();
}

function sendMessage(chat: number, text: string): Promise<void> {
  const body = JSON.stringify({ chat_id: chat, text });
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    request(`${settings.api}/bot${botToken}/sendMessage`, { method: 'POST', agent, headers }, (answer) => {
      answer.resume().on('end', resolve);
    })
      .on('error', reject)
      .end(body);
  });
}
