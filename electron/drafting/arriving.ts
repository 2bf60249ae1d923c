// Files on their way from the page: a large one comes in pieces, so that neither side is held up by moving it.

interface Arriving {
  readonly bytes: Uint8Array
  /** How many of them are there. */
  there: number
}

export interface Arrivals {
  /** Takes a piece of a file of `size` bytes that begins at `from`; at 0 a new file begins. False when it does not follow. */
  piece(draftId: string, size: number, from: number, bytes: Uint8Array): boolean
  /** The whole file, its last piece given; undefined when pieces are missing. It is on its way no longer. */
  whole(draftId: string, from: number, bytes: Uint8Array): Uint8Array | undefined
  /** Nobody wants what has come so far. */
  forget(draftId: string): void
}

/** No file is on its way yet; each draft has one at most. */
export function arrivals(): Arrivals {
  const arriving = new Map<string, Arriving>()

  function put(file: Arriving | undefined, from: number, bytes: Uint8Array): boolean {
    if (file === undefined || file.there !== from || from + bytes.length > file.bytes.length) return false
    file.bytes.set(bytes, from)
    file.there += bytes.length
    return true
  }

  return {
    piece(draftId, size, from, bytes) {
      if (from === 0) arriving.set(draftId, { bytes: new Uint8Array(size), there: 0 })
      return put(arriving.get(draftId), from, bytes)
    },
    whole(draftId, from, bytes) {
      const file = arriving.get(draftId)
      arriving.delete(draftId)
      if (from === 0) return bytes
      return put(file, from, bytes) && file?.there === file?.bytes.length ? file?.bytes : undefined
    },
    forget: (draftId) => void arriving.delete(draftId)
  }
}
