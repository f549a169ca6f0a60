import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

const token = /^[\w-]{20,64}$/;

/**
 * The id of the chat that a request belongs to; null when it does not say. What the browser holds is a secret that
 * opens the chat, so everything else sees only its digest.
 */
export function chatOf(request: FastifyRequest): string | null {
  const name = cookieName(request);
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const at = pair.indexOf('=');
    const value = pair.slice(at + 1).trim();
    if (pair.slice(0, at).trim() === name && token.test(value)) return digestOf(value);
  }
  return null;
}

/** Gives the browser a new chat and returns its id. `secret` has at least 128 random bits. */
export function giveChat(request: FastifyRequest, reply: FastifyReply, secret: string): string {
  if (!token.test(secret)) throw new Error('A chat needs a secret of at least 128 bits');
  const secure = request.protocol === 'https' ? '; Secure' : '';
  reply.header('set-cookie', `${cookieName(request)}=${secret}; Path=/; HttpOnly; SameSite=Strict${secure}`);
  return digestOf(secret);
}

/**
 * Whether a request comes from our own page. Browsers say where a request comes from by `Origin`, by `Sec-Fetch-Site`
 * or by both; a request that changes something must say it.
 */
export function fromOurPage(request: FastifyRequest): boolean {
  const { origin, 'sec-fetch-site': site } = request.headers;
  if (site !== undefined && site !== 'same-origin') return false;
  // Only the host is compared: behind a proxy that ends TLS, the scheme that we see may not be the page's.
  if (origin !== undefined) return URL.parse(origin)?.host === request.host;
  return site !== undefined || request.method === 'GET';
}

/** Over TLS the name itself makes the browser refuse such a cookie from any other host or an unprotected page. */
function cookieName(request: FastifyRequest): string {
  return request.protocol === 'https' ? '__Host-chat' : 'chat';
}

function digestOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
