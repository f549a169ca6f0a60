import type { BinaryNode } from '@whiskeysockets/baileys';
import { phoneAddress, whoIs } from './addresses.ts';
import type { LinkedDevice } from './linked-device.ts';
import type { Membership, Network } from './network.ts';
import { attribute, bytesIn, childOf, childrenOf, node, seconds, server } from './nodes.ts';
import type { Phone } from './phone.ts';

/** Below this many pre-keys, the server asks a device for more. */
const fewPreKeys = 5;

/** Questions that are answered by nothing but that they were heard. */
const heardOnly: ReadonlySet<string> = new Set(['w:p', 'passive', 'w:stats', 'urn:xmpp:whatsapp:dirty']);

/** The server's answer to a question of a client (`iq`); none where the client answers us. */
export function answer(
  network: Network,
  device: LinkedDevice | undefined,
  question: BinaryNode,
): BinaryNode | undefined {
  const { type, xmlns = '' } = question.attrs;
  if (type !== 'get' && type !== 'set') return undefined;
  const [about] = childrenOf(question);
  switch (xmlns) {
    case 'encrypt':
      return device ? aboutKeys(network, device, question) : refuse(network, question);
    case 'usync':
      return result(question, [usync(network, childOf(question, 'usync'))]);
    case 'w:m':
      return result(question, [mediaHosts(network)]);
    case 'abt':
      return result(question, [node('props', { hash: 'fake' })]);
    case 'blocklist':
      return result(question, [node('list')]);
    case 'privacy':
      return result(question, type === 'get' ? [privacy()] : undefined);
    case 'w:sync:app:state':
      return result(question, [node('sync', {}, childrenOf(about, 'collection').map(emptyCollection))]);
    case 'w:g2':
      return aboutGroup(network, question);
    case 'w:mex':
      return result(question, [standing(network)]);
    case 'w:profile:picture':
      return failure(question, 404, 'item-not-found');
    case 'md':
      if (about?.tag !== 'remove-companion-device' || !device) return refuse(network, question);
      network.unlink(device);
      return result(question);
    default:
      return heardOnly.has(xmlns) ? result(question) : refuse(network, question);
  }
}

function result(question: BinaryNode, content?: BinaryNode[]): BinaryNode {
  const from = question.attrs['to'] ?? server;
  return node('iq', { from, id: question.attrs['id'], type: 'result', t: seconds() }, content);
}

function failure(question: BinaryNode, code: number, text: string): BinaryNode {
  const from = question.attrs['to'] ?? server;
  return node('iq', { from, id: question.attrs['id'], type: 'error' }, [node('error', { code: String(code), text })]);
}

function refuse(network: Network, question: BinaryNode): BinaryNode {
  const what = `${question.attrs['xmlns'] ?? ''} ${childrenOf(question)[0]?.tag ?? ''}`.trim();
  network.journal.write({ kind: 'not understood', what });
  return failure(question, 501, 'feature-not-implemented');
}

function aboutKeys(network: Network, device: LinkedDevice, question: BinaryNode): BinaryNode {
  const [about] = childrenOf(question);
  switch (about?.tag) {
    case 'count':
      return result(question, [node('count', { value: String(device.keys.preKeysLeft) })]);
    case 'digest':
      return result(question, [node('digest')]);
    case 'key': {
      const addresses = childrenOf(about, 'user').map((user) => attribute(user, 'jid'));
      const bundles = addresses.flatMap((address) => bundleOf(network, address) ?? []);
      return result(question, [node('list', {}, bundles)]);
    }
    case 'rotate':
      device.keys.rotate(about);
      return result(question);
    case 'registration':
      device.keys.upload(question);
      network.keysCame(device);
      return result(question);
    case undefined:
    default:
      return refuse(network, question);
  }
}

/** What is needed to write to a phone, or to a device that is linked to one. */
function bundleOf(network: Network, address: string): BinaryNode | undefined {
  if (whoIs(address).device === 0) return network.at(address)?.phone.bundle(address);
  return network.deviceAt(address)?.keys.takeBundleNode(address);
}

/** Asks a device for more pre-keys when few are left. */
export function askForPreKeys(device: LinkedDevice): void {
  const { preKeysLeft } = device.keys;
  if (preKeysLeft >= fewPreKeys) return;
  const id = `keys-${device.index}-${preKeysLeft}-${Date.now()}`;
  const count = node('count', { value: String(preKeysLeft) });
  device.deliver(node('notification', { id, from: server, type: 'encrypt', t: seconds() }, [count]));
}

/** Who someone is: whether a number is on WhatsApp, which devices they have, by which LID they go. */
function usync(network: Network, question: BinaryNode): BinaryNode {
  const wanted = childrenOf(childOf(question, 'query')).map(({ tag }) => tag);
  const users = childrenOf(childOf(question, 'list'), 'user').map((user) => {
    const address = user.attrs['jid'] ?? addressOf(bytesIn(childOf(user, 'contact')).toString());
    const phone = network.at(address)?.phone;
    const about = wanted.flatMap((what) => aboutUser(network, what, address, phone));
    return node('user', { jid: address }, about);
  });
  const attributes = { sid: question.attrs['sid'], index: '0', last: 'true', mode: 'query' };
  return node('usync', attributes, [node('list', {}, users)]);
}

function addressOf(phone: string): string {
  return phoneAddress(phone.replace(/\D/g, ''));
}

function aboutUser(network: Network, what: string, address: string, phone: Phone | undefined): BinaryNode[] {
  switch (what) {
    case 'contact':
      return [node('contact', { type: phone ? 'in' : 'out' })];
    case 'devices': {
      if (!phone) return [];
      const linked = network.devicesOf(phone).map(({ index }) => index);
      const devices = linked.map((index) => node('device', { id: String(index), 'key-index': String(index) }));
      return [node('devices', {}, [node('device-list', {}, [node('device', { id: '0' }), ...devices])])];
    }
    case 'lid':
      return phone && whoIs(address).server !== 'lid' ? [node('lid', { val: phone.hiddenAddress })] : [];
    default:
      return [];
  }
}

function mediaHosts({ media }: Network): BinaryNode {
  const limits = { maxContentLengthBytes: '99999999' };
  const host = media.host === undefined ? [] : [node('host', { hostname: media.host, ...limits })];
  return node('media_conn', { auth: 'fake', ttl: '3600' }, host);
}

function privacy(): BinaryNode {
  return node('privacy', {}, [node('category', { name: 'readreceipts', value: 'all' })]);
}

function emptyCollection({ attrs }: BinaryNode): BinaryNode {
  return node('collection', { name: attrs['name'], version: attrs['version'] });
}

/** Whether the account may write to people who have not written to it. */
function standing({ behaviour }: Network): BinaryNode {
  const lock = { is_active: behaviour.ackError === 463, time_enforcement_ends: '0', enforcement_type: 'DEFAULT' };
  return node('result', {}, Buffer.from(JSON.stringify({ data: { xwa2_fetch_account_reachout_timelock: lock } })));
}

function aboutGroup(network: Network, question: BinaryNode): BinaryNode {
  const group = network.groups.get(question.attrs['to'] ?? '');
  if (group) return result(question, [groupNode(group)]);
  if (childrenOf(question)[0]?.tag === 'participating') {
    return result(question, [node('groups', {}, [...network.groups.values()].map(groupNode))]);
  }
  return failure(question, 404, 'item-not-found');
}

function groupNode({ address, subject, members }: Membership): BinaryNode {
  const participants = members.map(({ phoneAddress, hiddenAddress }) =>
    node('participant', { jid: phoneAddress, lid: hiddenAddress }),
  );
  const about = { id: whoIs(address).user, subject, addressing_mode: 'pn', creation: seconds(), s_t: seconds() };
  return node('group', about, participants);
}
