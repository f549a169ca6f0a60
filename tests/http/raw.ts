import { connect } from 'node:net';

/** Sends bytes as they are and resolves with all that comes back until the server closes the connection. */
export function raw(url: string, text: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const socket = connect(Number(port), hostname, () => socket.write(text));
  let answer = '';
  socket.setEncoding('utf8');
  socket.on('data', (chunk) => {
    answer += String(chunk);
  });
  socket.on('error', reject);
  socket.on('close', () => resolve(answer));
  return promise;
}
