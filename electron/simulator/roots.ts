// Thumbprints of the roots a device is delivered with.

/** SHA-256 in lower-case hex, as they stand in recorded hello messages; a practice device has the first of them. */
export const factoryRoots: readonly string[] = [
  'c3846bf24b9e93ca64274c0ec67c1ecc5e024ffcacd2d74019350e81fe546ae4',
  '45140b3247eb9cc8c5b4f0d7b53091f73292089e6e5a63e2749dd3aca9198eda'
]
