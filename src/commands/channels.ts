import { channelSecretFrom } from '../backends/system/keys.ts';
import { systemRandom } from '../backends/system/random.ts';
import { systemTimer } from '../backends/system/timer.ts';
import type { Intake } from '../bots/bot.ts';
import type { ChannelEvent, OpenChannel } from '../bots/channel.ts';
import type { Config } from '../config.ts';
import type { Ground } from './ground.ts';

/** What channels are opened with. */
interface Surroundings {
  readonly intake: Intake;
  readonly ground: Ground;
  readonly secret: string;
  readonly report: (event: ChannelEvent) => void;
  readonly show: (lines: string) => void;
}

/** Opens the channels that are switched on. None of them takes a message before it is started. */
export async function openChannels(
  { channels, roles }: Pick<Config, 'channels' | 'roles'>,
  { intake, ground, secret, report, show }: Surroundings,
): Promise<readonly OpenChannel[]> {
  if (channels.length === 0) return [];
  const world = {
    intake,
    clock: ground.clock,
    timer: systemTimer(),
    random: systemRandom(),
    owning: await ground.owning(),
    admissions: ground.limits.admissions,
    progress: ground.progress,
    works: roles.includes('worker'),
    secret: (purpose: string) => channelSecretFrom(secret, purpose),
    report,
    show,
  };
  return Promise.all(channels.map(({ open }) => open(world)));
}
