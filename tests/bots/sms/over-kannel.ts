import { memoryProgress } from '../../../src/backends/memory/progress.ts';
import { systemClock } from '../../../src/backends/system/clock.ts';
import { systemRandom } from '../../../src/backends/system/random.ts';
import { systemTimer } from '../../../src/backends/system/timer.ts';
import type { Intake } from '../../../src/bots/bot.ts';
import type { ChannelEvent, OpenChannel, World } from '../../../src/bots/channel.ts';
import { kannelGateway } from '../../../src/bots/sms/gateways/kannel.ts';
import { openSms } from '../../../src/bots/sms/sms.ts';
import { serverLog } from '../../../src/commands/server-log.ts';
import { httpServer, listen } from '../../../src/http.ts';
import { openLog } from '../../../src/log.ts';
import { FakeOperator } from '../../fakes/sms/operator.ts';
import { type Kannel, startKannel } from '../../servers/kannel.ts';
import { freePort } from '../../servers/process.ts';
import { alwaysOwning } from '../telegram/always-owning.ts';

const secret = 'what-the-gateway-shows';

/** The channel behind a real Kannel, with an operator and its telephones on loopback. */
export interface OverKannel {
  readonly operator: FakeOperator;
  readonly kannel: Kannel;
  readonly channel: OpenChannel;
  readonly reported: readonly ChannelEvent[];
  close(): Promise<void>;
}

/** Opens all of it, in some two seconds. `intake` gets what telephones send; `admissions` counts the costs. */
export async function openOverKannel(intake: Intake, admissions: World['admissions']): Promise<OverKannel> {
  const operator = await FakeOperator.start();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const kannel = await startKannel({ operator, webhook: { url, secret } });
  const { sendUrl, username, password } = kannel;
  const gateway = kannelGateway({ url: sendUrl, username, password, sender: '2757', reports: { url, secret } });
  const reported: ChannelEvent[] = [];
  const channel = openSms(
    { gateway, secret, from: ['loopback'], dailyParts: 10_000 },
    {
      intake,
      admissions,
      clock: systemClock(),
      timer: systemTimer(),
      random: systemRandom(),
      progress: memoryProgress(),
      owning: alwaysOwning(),
      works: true,
      secret: (purpose) => purpose,
      report: (event) => reported.push(event),
      show: () => undefined,
    },
  );
  const app = httpServer({ ready: {}, log: serverLog(openLog('silent')), trustProxy: false });
  if (channel.routes) await app.register(channel.routes);
  await listen(app, { host: '127.0.0.1', port });
  channel.start?.();
  return {
    operator,
    kannel,
    channel,
    reported,
    async close() {
      await kannel.stop();
      await channel.stop();
      await app.close();
      await operator.close();
    },
  };
}
