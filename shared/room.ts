// Places in the certificate store of a device: how many there are, how many are taken, and how many the profile needs.
import { z } from 'zod'

const placesSchema = z.object({
  held: z.number().int(),
  /** Null where nobody knows. */
  most: z.number().int().nullable(),
  /** The firmware said so; otherwise it is believed. */
  told: z.boolean(),
  needed: z.number().int()
})
export type Places = z.infer<typeof placesSchema>

export const roomSchema = z.object({
  /** Of any kind, trusted roots among them. */
  certificates: placesSchema,
  roots: placesSchema,
  keys: placesSchema,
  /** Certificates that nothing uses, by what their subjects are called; asked for only where there is no room. */
  removable: z.array(z.string())
})
export type Room = z.infer<typeof roomSchema>

/** Places believed where the firmware does not tell: as many as were ever seen taken. */
export const believedPlaces = { certificates: 16, keys: 8 } as const

const kinds = [
  ['certificates', 'certificates'],
  ['roots', 'trusted roots'],
  ['keys', 'key pairs']
] as const

export const freeOf = ({ held, most }: Places): number | null => (most === null ? null : Math.max(0, most - held))

function wordsOf(name: string, places: Places): string {
  const { held, most, told, needed } = places
  if (most === null) return `${held} ${name} held, ${needed} needed, of how many this firmware does not tell`
  const source = told ? 'told by the firmware' : 'believed, not told by this firmware'
  return `${freeOf(places)} of ${most} places for ${name} free (${source}), ${needed} needed`
}

/** "12 of 16 places for certificates free (believed, not told by this firmware), 2 needed; …" */
export const roomWords = (room: Room): string =>
  kinds
    .filter(([kind]) => kind === 'certificates' || room[kind].needed > 0)
    .map(([kind, name]) => wordsOf(name, room[kind]))
    .join('; ')

type Freed = Partial<Record<'certificates' | 'roots' | 'keys', number>>

const lacks = (places: Places, freed: number): boolean => {
  const free = freeOf(places)
  return free !== null && places.needed > free + freed
}

/** Whether more is needed than there is room for, once `freed` places were made. */
export const isShort = (room: Room, freed: Freed = {}): boolean =>
  kinds.some(([kind]) => lacks(room[kind], freed[kind] ?? 0))

/** The same by what the firmware itself told: then no choice of a person helps. */
export const isSurelyShort = (room: Room, freed: Freed = {}): boolean =>
  kinds.some(([kind]) => room[kind].told && lacks(room[kind], freed[kind] ?? 0))
