// AMT status as lists tell it: the words of Configuration Manager, its numbers, and both in other languages.

/** The words of Configuration Manager, by its numbers 0 to 5 (configmgr.md 3.8). */
export const amtStatuses = [
  'Not Supported',
  'Detected',
  'Not Provisioned',
  'Provisioned',
  'Externally Provisioned',
  'Unknown'
] as const
export type StatusWord = (typeof amtStatuses)[number]

/** Other ways to say the same. A word that may mean a device set up by any solution is not among them. */
const others: Readonly<Record<StatusWord, string>> = {
  'Not Supported': 'not capable, unsupported, nicht unterstützt, non pris en charge',
  Detected: 'erkannt, détecté',
  'Not Provisioned': `unprovisioned, nonprovisioned, preprovisioning, pre provisioning state, unconfigured, not configured,
    nicht bereitgestellt, non provisionné`,
  Provisioned: 'bereitgestellt, provisionné',
  'Externally Provisioned': 'provisioned externally, provisioned by others, extern bereitgestellt',
  Unknown: 'null, not discovered, unbekannt, inconnu'
}

const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')

const known: ReadonlyMap<string, StatusWord> = new Map(
  amtStatuses.flatMap((word, number) =>
    [word, String(number), ...others[word].split(',')].map((text): [string, StatusWord] => [plain(text), word])
  )
)
const exact: ReadonlySet<string> = new Set(amtStatuses)

/** The status that a text means, in the words of Configuration Manager; null when it is none of them. */
export const readStatus = (text: string): StatusWord | null =>
  exact.has(text) ? (text as StatusWord) : (known.get(plain(text)) ?? null)
