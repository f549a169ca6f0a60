import { conversationAt } from '../backends/system/conversation-id.ts';
import type { Channel } from '../bots/channel.ts';
import { openLog } from '../log.ts';
import { CannotStart } from './cannot-start.ts';
import { openChannels } from './channels.ts';
import { onFault, onLeaving } from './leaving.ts';
import { configFor, groundOf, secretOf, secretsOf } from './open.ts';
import { watchChannels } from './watch.ts';

/**
 * Gives up the link of a channel and makes a new one, with what it shows on the screen; ends once it is made. Processes
 * that run meanwhile let go of the channel, and take it up again with the new link.
 */
export async function link(name: string, known: readonly Channel[]): Promise<void> {
  const config = configFor({ database: 'folder', logLevel: 'error' }, known);
  const channels = config.channels.filter((channel) => channel.name === name);
  if (channels.length === 0) throw new CannotStart(`${name} is not switched on: set what it needs, then link it.`);
  const log = openLog(config.logLevel);
  onFault(log);
  const secret = secretOf(config);
  const secrets = secretsOf(config, secret, log);
  const ground = await groundOf(config, { ...secrets, channels: [] });
  const [channel] = await openChannels(
    { channels, roles: ['worker'] },
    {
      ground,
      secret,
      // What members write meanwhile waits on the platform, or where the channel keeps it.
      intake: {
        conversationAt: (address) => conversationAt(secrets.keys, address),
        accept: () => Promise.reject(new Error('Nobody answers while a channel is being linked')),
      },
      report: watchChannels(log, ground.clock),
      show: (lines) => process.stdout.write(`${lines}\n`),
    },
  );
  const close = async () => {
    await channel?.stop();
    await channel?.close();
    await ground.close();
  };
  onLeaving(close);
  if (!channel?.relink) throw new CannotStart(`${name} needs no link.`);
  const problem = await channel.relink();
  await close();
  if (problem !== null) throw new CannotStart(problem);
  process.stdout.write(`${name} is linked. Start the program, or leave it running: it goes on with the new link.\n`);
  // What a platform's library has left to wait for is of no use any more.
  process.exit(0);
}
