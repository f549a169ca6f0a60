import { Bot, type Context, webhookCallback } from 'grammy';
import type { UserFromGetMe } from 'grammy/types';
import { botToken, webhookSecret } from '../dialogue.ts';
import { serveBot, settings } from './bot-process.ts';

/** Known from the start, so that the platform need not be asked. */
const botInfo: UserFromGetMe = {
  id: 1_234_567_890,
  is_bot: true,
  first_name: 'Jamsostek',
  username: 'jamsostek_bot',
  can_join_groups: true,
  can_read_all_group_messages: false,
  can_manage_bots: false,
  supports_inline_queries: false,
  can_connect_to_business: false,
  has_main_web_app: false,
  has_topics_enabled: false,
  allows_users_to_create_topics: false,
  supports_join_request_queries: false,
};

export function grammyBot<C extends Context>(): Bot<C> {
  return new Bot<C>(botToken, { botInfo, client: { apiRoot: settings.api } });
}

export function serveGrammy<C extends Context>(bot: Bot<C>): void {
  const webhook = webhookCallback(bot, 'http', { secretToken: webhookSecret });
  serveBot((request, response) => void webhook(request, response));
}
