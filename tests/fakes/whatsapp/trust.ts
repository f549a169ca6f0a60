/**
 * For `node --import`: makes Baileys in this process trust the root whose public key, in base64, is in
 * FAKE_WHATSAPP_ROOT. Does nothing else, and nothing at all without it.
 */
import { WA_CERT_DETAILS } from '@whiskeysockets/baileys';

const root = process.env['FAKE_WHATSAPP_ROOT'];
if (root !== undefined) WA_CERT_DETAILS.PUBLIC_KEY = Buffer.from(root, 'base64');
