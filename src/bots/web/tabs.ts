import type { Readable } from 'node:stream';
import type { ConversationId } from '../../core/inbound.ts';
import type { ChatLog } from './chat-log.ts';
import { frameOf } from './entry.ts';
import { Tab } from './tab.ts';

/** Tabs of one chat at a time. A browser has six connections to one server, and messages have to get through too. */
const tabCap = 4;

/** The tabs that are open at this process. */
export class Tabs {
  readonly #log: ChatLog;
  /** In the order in which they came. */
  readonly #tabs = new Set<Tab>();
  #catchingUp = false;

  constructor(log: ChatLog) {
    this.#log = log;
  }

  /**
   * The live events for one more tab: first those after the one with the id `after`, all of them where it is none of
   * this chat's, then each as it comes. Where there are too many tabs, the one that came first is told and let go.
   * Rejects when the log does not answer.
   */
  async open(conversation: ConversationId, after: string): Promise<Readable> {
    const tab = new Tab(this.#log, conversation, after);
    try {
      await tab.refresh();
    } catch (error) {
      tab.stream.destroy();
      throw error;
    }
    const others = [...this.#tabs].filter((other) => other.conversation === conversation);
    for (const oldest of others.slice(0, Math.max(0, others.length + 1 - tabCap))) {
      this.#tabs.delete(oldest);
      oldest.leave(frameOf('crowded', {}));
    }
    // It may have been let go already.
    if (tab.stream.writable) {
      this.#tabs.add(tab);
      tab.stream.once('close', () => this.#tabs.delete(tab));
    }
    return tab.stream;
  }

  /** Tells every tab that the connection is alive, and finds out about those that are not. */
  beat(): void {
    for (const tab of this.#tabs) tab.say(frameOf('beat', {}));
  }

  /** Looks for news that no tab was told of: one chat after the other, so that the log is not asked for all at once. */
  async catchUp(): Promise<void> {
    if (this.#catchingUp) return;
    this.#catchingUp = true;
    for (const tab of this.#tabs) await tab.refresh().catch(() => undefined);
    this.#catchingUp = false;
  }

  /** Lets every tab go. */
  release(): void {
    for (const tab of this.#tabs) tab.leave();
  }
}
