/**
 * The colours of pictures: the product's own, all of one hue but for the mark of what is missing, which has a shape of
 * its own, too. The ground is light and opaque, so that a picture reads the same in light and in dark chats.
 */
export const palette = {
  ground: '#fffdf9',
  ink: '#22302f',
  soft: '#4a5655',
  /** Lines that only help the eye: nothing is lost to who does not see them. */
  line: '#ddd5c7',
  brand: '#155e63',
  onBrand: '#ffffff',
  /** The earlier columns of a chart. */
  earlier: '#2b8085',
  missing: '#8a4b12',
  /** What lies under a QR code, and its modules. */
  codeGround: '#ffffff',
  code: '#000000',
} as const;

/** What is drawn on what, and has to be told apart from it (WCAG 2.2, 1.4.3 and 1.4.11). */
export const contrasts: readonly (readonly [front: keyof typeof palette, ground: keyof typeof palette])[] = [
  ['ink', 'ground'],
  ['soft', 'ground'],
  ['brand', 'ground'],
  ['earlier', 'ground'],
  ['missing', 'ground'],
  ['onBrand', 'brand'],
  ['code', 'codeGround'],
];
