import type { ChannelEvent, LinkState, OpenChannel, World } from '../channel.ts';
import { ChannelLink } from '../channel-link.ts';
import type { Owned } from '../owning.ts';
import { keepDelivered, type Webhook } from './delivery.ts';
import { telegramChannel } from './names.ts';
import { platformAt } from './platform.ts';
import { poll } from './polling.ts';
import { present } from './profile.ts';
import { selfOf } from './self.ts';
import { Sending } from './sending.ts';
import { takingFor } from './taking.ts';
import { webhookRoutes } from './webhook.ts';

/** How the channel is set. */
export interface TelegramOptions {
  readonly token: string;
  /** Address of the Bot API server, without a slash at its end. */
  readonly root: string;
  /** Where Telegram delivers; null when it is asked for messages instead. */
  readonly webhook: Webhook | null;
}

/** The Telegram channel. Messages are taken by one process at a time; every process sends, and serves the webhook. */
export function openTelegram({ token, root, webhook }: TelegramOptions, world: World): OpenChannel {
  const { timer } = world;
  const report = (event: ChannelEvent) => world.report(event);
  const platform = platformAt({ token, root });
  const self = selfOf(platform);
  const sending = new Sending(platform, self, report);
  const taking = takingFor({ intake: world.intake, report }, platform, self);
  const link = new ChannelLink(telegramChannel, report);
  let owned: Owned | null = null;
  let presented = false;
  let stopped = false;

  const failedAt = (step: string, error: unknown) => report({ kind: 'failed', channel: telegramChannel, step, error });

  /** What the one process does that has the bot's messages to itself. */
  async function own(ended: AbortSignal): Promise<void> {
    link.is('connecting');
    const parts = { platform, taking, link, timer, failed: (error: unknown) => failedAt('take', error) };
    const presenting = presented ? undefined : present(platform, failedAt, ended);
    presented = true;
    await (webhook ? keepDelivered({ ...parts, webhook }, ended) : poll(parts, ended));
    await presenting;
    if (!stopped) link.is('elsewhere');
  }

  function standing(): LinkState {
    if (!world.works) return 'elsewhere';
    return owned && !owned.isOwner() ? 'elsewhere' : link.state;
  }

  return {
    channel: telegramChannel,
    send: (to, reply, conversation, effect) => sending.send(to, reply, conversation, effect),
    busy: (to) => sending.busy(to),
    ...(webhook && { routes: webhookRoutes(webhook.secret, taking, report) }),
    start() {
      if (!world.works) return;
      const what = `${telegramChannel} ${platform.botId}`;
      owned = world.owning.own(
        what,
        ({ ended }) => own(ended),
        (error) => failedAt('own', error),
      );
    },
    standing,
    async stop() {
      stopped = true;
      await owned?.stop();
    },
    async close() {
      platform.close();
    },
  };
}
