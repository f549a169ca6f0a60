import type { Line, LinkedDevice } from './linked-device.ts';
import type { Network } from './network.ts';
import { node } from './nodes.ts';

/**
 * How the server ends a connection, and the code that Baileys gives for it:
 * - `restart` (515): asks the client to connect anew;
 * - `drop` (428): the link is cut;
 * - `end` (428): the server ends the stream and closes;
 * - `unavailable` (503): the server has no room;
 * - `bad stream` (500): the server did not understand what it was sent;
 * - `replaced` (440): another client logged in as the same device;
 * - `logged out` (401): the device was removed, and can't log in again;
 * - `banned` (403): so was the number;
 * - `too old` (405): this version of the client is not let in any more, now and at every login;
 * - `no multi-device` (411): the phone takes no linked devices;
 * - `silent` (408): nothing is said and heard any more; the client finds out by itself.
 */
export const kicks = [
  'restart',
  'drop',
  'end',
  'unavailable',
  'bad stream',
  'replaced',
  'logged out',
  'banned',
  'too old',
  'no multi-device',
  'silent',
] as const;

export type Kick = (typeof kicks)[number];

/** Ends a connection so. What a kick means for later logins is kept in the device, or in the network's behaviour. */
export function kick(network: Network, line: Line, device: LinkedDevice | undefined, how: Kick): void {
  switch (how) {
    case 'restart':
      return line.hangUp(node('stream:error', { code: '515' }));
    case 'drop':
      return line.cut();
    case 'end':
      return line.hangUp(node('xmlstreamend'));
    case 'unavailable':
      return line.hangUp(node('stream:error', { code: '503' }));
    case 'bad stream':
      return line.hangUp(node('stream:error', {}, [node('xml-not-well-formed')]));
    case 'replaced':
      return line.hangUp(node('stream:error', {}, [node('conflict', { type: 'replaced' })]));
    case 'logged out':
      if (device) network.unlink(device);
      return line.hangUp(node('stream:error', { code: '401' }, [node('conflict', { type: 'device_removed' })]));
    case 'banned':
      if (device) device.standing = 'banned';
      return line.hangUp(node('failure', { reason: '403', location: 'fake' }));
    case 'too old':
      network.behaviour.refuseLogin = 405;
      return line.hangUp(node('failure', { reason: '405', location: 'fake' }));
    case 'no multi-device':
      return line.hangUp(node('ib', {}, [node('downgrade_webclient')]));
    case 'silent':
      return line.freeze();
  }
}
