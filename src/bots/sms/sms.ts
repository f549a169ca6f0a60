import type { Address } from '../../core/inbound.ts';
import { type Phone, phoneSchema } from '../../core/jamsostek/phone.ts';
import type { Reply } from '../../core/reply.ts';
import type { SendResult } from '../../core/sending.ts';
import { hour } from '../../core/time.ts';
import type { OpenChannel, World } from '../channel.ts';
import { ChannelLink } from '../channel-link.ts';
import { inGsm, partsOf } from './alphabet.ts';
import type { Gateway } from './gateway.ts';
import { tellOfSend } from './link.ts';
import { smsChannel } from './names.ts';
import { referenceOf } from './reference.ts';
import { render } from './render.ts';
import { smsRoutes } from './routes.ts';
import type { WebhookSettings } from './settings.ts';
import { Spending } from './spending.ts';
import { words } from './words.ts';

/** How the channel is set. */
export interface SmsOptions extends WebhookSettings {
  readonly gateway: Gateway;
}

/** An answer from an hour ago helps nobody, in milliseconds: as long as it is tried to be sent. */
const answersHoldFor = hour;

/** What phone numbers are digested for. */
const spendingPurpose = 'sms spending';

/** SMS. Any process sends, and any that serves the web takes what the gateway brings. */
export function openSms({ gateway, secret, from, dailyParts }: SmsOptions, world: World): OpenChannel {
  const { clock } = world;
  const link = new ChannelLink(smsChannel, (event) => world.report(event));
  const spending = new Spending(world.admissions, world.secret(spendingPurpose), dailyParts);

  async function hand(to: Phone, text: string, effect: string): Promise<SendResult> {
    const result = await gateway.send({ to, text, reference: referenceOf(effect), validFor: answersHoldFor });
    tellOfSend(link, result);
    return result;
  }

  async function send({ chat }: Address, reply: Reply, effect: string): Promise<SendResult> {
    const phone = phoneSchema.safeParse(chat);
    if (!phone.success) return { sent: false, problem: 'refused' };
    const text = render(reply);
    const verdict = await spending.judge(phone.data, effect, partsOf(text), clock.now());
    if (verdict === 'fine') return hand(phone.data, text, effect);
    const what = typeof verdict === 'string' ? verdict : verdict.tell ? 'number' : null;
    if (what !== null) world.report({ kind: 'alarm', channel: smsChannel, what });
    // Whether it arrives changes nothing: what is over the cap is given up.
    if (what === 'number') await hand(phone.data, inGsm(words[reply.language].capped), `${effect}/told`);
    return { sent: false, problem: 'capped' };
  }

  return {
    channel: smsChannel,
    async send(to, reply, _conversation, effect) {
      try {
        return await send(to, reply, effect);
      } catch (error) {
        // The caps cannot be asked now: nothing has left.
        world.report({ kind: 'failed', channel: smsChannel, step: 'send', error });
        return { sent: false, problem: 'unreachable' };
      }
    },
    routes: smsRoutes({ gateway, secret, from }, world),
    // Until the first send the gateway is believed in.
    start: () => link.is('up'),
    standing: () => link.state,
    stop: async () => undefined,
    close: async () => undefined,
  };
}
