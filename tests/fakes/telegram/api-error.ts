import type { ResponseParameters } from 'grammy/types';

/** What the Bot API answers in place of a result: an HTTP status, and a text that begins with the status' name. */
export class ApiError extends Error {
  readonly code: number;
  readonly parameters: ResponseParameters | undefined;

  constructor(code: number, description: string, parameters?: ResponseParameters) {
    super(description);
    this.code = code;
    this.parameters = parameters;
  }
}

export const badRequest = (why: string): ApiError => new ApiError(400, `Bad Request: ${why}`);
export const forbidden = (why: string): ApiError => new ApiError(403, `Forbidden: ${why}`);
export const conflict = (why: string): ApiError => new ApiError(409, `Conflict: ${why}`);
