import { z } from 'zod';
import { type Account, roomOf } from './account.ts';
import type { ApiRequest } from './api-request.ts';
import { deleteMessage, deleteMessages, editMessageReplyMarkup, editMessageText } from './changing.ts';
import { read, text, whole } from './parameters.ts';
import { sendChatAction, sendDocument, sendLocation, sendMessage, sendPhoto, sendVenue } from './sending.ts';

/** What a method does and answers; throws an ApiError for what Telegram refuses. */
export type Method = (account: Account, request: ApiRequest) => unknown;

const chatSchema = z.object({ chat_id: z.union([whole, text]) });
const fileSchema = z.object({ file_id: text });

/** The methods that work on what Telegram keeps for a bot, all but those that bring it its updates. */
export const methods: Readonly<Record<string, Method>> = {
  getMe: ({ me }) => me,
  sendMessage,
  sendPhoto,
  sendDocument,
  sendLocation,
  sendVenue,
  sendChatAction,
  editMessageText,
  editMessageReplyMarkup,
  deleteMessage,
  deleteMessages,
  answerCallbackQuery: ({ taps }, { parameters }) => taps.answer(parameters),
  getFile: ({ files }, { parameters }) => files.describe(read(fileSchema, parameters).file_id),
  getChat: (account, { parameters }) => ({
    ...roomOf(account, read(chatSchema, parameters).chat_id).chat,
    accent_color_id: 0,
    max_reaction_count: 11,
  }),
  setMyCommands: ({ profile }, { parameters }) => profile.setCommands(parameters),
  getMyCommands: ({ profile }, { parameters }) => profile.getCommands(parameters),
  deleteMyCommands: ({ profile }, { parameters }) => profile.deleteCommands(parameters),
  setMyName: ({ profile }, { parameters }) => profile.setText('name', parameters),
  getMyName: ({ profile }, { parameters }) => profile.getText('name', parameters),
  setMyDescription: ({ profile }, { parameters }) => profile.setText('description', parameters),
  getMyDescription: ({ profile }, { parameters }) => profile.getText('description', parameters),
  setMyShortDescription: ({ profile }, { parameters }) => profile.setText('short_description', parameters),
  getMyShortDescription: ({ profile }, { parameters }) => profile.getText('short_description', parameters),
};
