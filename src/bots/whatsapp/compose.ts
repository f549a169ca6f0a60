import { prepareWAMessageMedia, proto, type WASocket } from '@whiskeysockets/baileys';
import { second } from '../../core/time.ts';
import { silentLogger } from './logger.ts';
import type { Outgoing } from './render.ts';

/** A file has to be with WhatsApp by then. */
const uploadPatience = 20 * second;

/** What is to be said, as WhatsApp's protobuf. A file is encrypted and uploaded first; rejects when that fails. */
export async function compose(outgoing: Outgoing, socket: Pick<WASocket, 'waUploadToServer'>): Promise<proto.IMessage> {
  switch (outgoing.kind) {
    case 'text':
      return { conversation: outgoing.text };
    case 'location': {
      const { name, address, latitude, longitude } = outgoing.place;
      const about = { name, ...(address !== null && { address }) };
      return { locationMessage: { degreesLatitude: latitude, degreesLongitude: longitude, ...about } };
    }
    case 'file': {
      const { file, caption } = outgoing;
      const bytes = Buffer.from(file.content, 'base64');
      const about = { caption, mimetype: file.type };
      const message = await prepareWAMessageMedia(
        file.kind === 'image'
          ? // With a thumbnail given, even none, the image is not written to disk to make one.
            { image: bytes, ...about, jpegThumbnail: '' }
          : { document: bytes, ...about, fileName: file.name },
        { upload: socket.waUploadToServer, mediaUploadTimeoutMs: uploadPatience, logger: silentLogger },
      );
      return proto.Message.create(message);
    }
  }
}
