// USB keys that BIOS reads PID, PPS and MEBx passwords from: what a person chooses for one, and what is known of each format.
import { z } from 'zod'

/** Formats of setup.bin, the oldest first. */
export const usbVersions = ['1', '2', '2.1', '3', '4'] as const
export type UsbVersion = (typeof usbVersions)[number]

/**
 * From which AMT on BIOS reads a format: 1 to 3 from "Intel AMT and USB Versions" in the Implementation and Reference Guide,
 * which says nothing of 4. That newer BIOS goes on reading the older formats is believed.
 */
export const usbVersionWords: Readonly<Record<UsbVersion, string>> = {
  '1': 'Format 1: AMT 2 and later',
  '2': 'Format 2: AMT 3 and later',
  '2.1': 'Format 2.1: AMT 4 and later',
  '3': 'Format 3: AMT 6 and later',
  '4': 'Format 4: AMT 7 and later (believed)'
}

/** The format that is offered first: the oldest that can carry what is wanted. */
export const usualUsbVersion = { pairs: '1', certificate: '2' } as const satisfies Record<string, UsbVersion>

/** Records on one key. BIOS looks for the next unused one: some 15 s for a thousand, as was reported. */
export const mostUsbRecords = 1000

/** A DNS suffix or the name of a server, as ASCII; '' = not in the file. */
const dnsName = z
  .string()
  .trim()
  .max(255)
  .regex(/^[A-Za-z0-9.-]*$/)

const password = z.string().min(1).max(32)

/** What a key is to hold. Passwords are in clear here: the file holds them so. */
export const usbWishSchema = z.object({
  version: z.enum(usbVersions),
  /** MEBx password that the computers have now: "admin" from the factory. */
  current: password,
  content: z.discriminatedUnion('kind', [
    /** A record for each computer, used up one after another; `password` null = another random MEBx password for each. */
    z.object({
      kind: z.literal('pairs'),
      /** So many new pairs; null = all those that are kept. */
      count: z.number().int().min(1).max(mostUsbRecords).nullable(),
      password: password.nullable()
    }),
    /** One record for all computers, which is not used up: they are set up by certificate afterwards. */
    z.object({ kind: z.literal('certificate'), password, suffix: dnsName, server: dnsName })
  ])
})
export type UsbWish = z.infer<typeof usbWishSchema>

/** A key that was made, without what was on it. */
export const madeUsbKeySchema = z.object({
  id: z.string(),
  at: z.number(),
  version: z.string(),
  /** How many computers; null for a key that is not used up. */
  computers: z.number().int().nullable()
})
export type MadeUsbKey = z.infer<typeof madeUsbKeySchema>

/** What nobody could try here, said where a key is made. */
export const usbKeyDoubt =
  'Written by what is public of the format, and byte for byte as another program writes it; no BIOS has read such a file here yet. Try it on one computer first.'

/** What a key and its computers must be like, by the guides of their makers. */
export const usbKeyRules: readonly string[] = [
  'Format the key with FAT (old BIOS: FAT16, at most 2 GB), not bootable, and copy setup.bin onto it as its first and only file.',
  'BIOS reads it while MEBx still has its factory password; a computer whose MEBx password was changed has to be reset first.',
  'Afterwards delete the file and format the key: what is on it opens the computers.'
]
