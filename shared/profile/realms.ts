// The realms of AMT: what a user may do, by the numbers the firmware knows them by.

/** Number → what a person calls it (names of the AMT SDK). */
export const realmTitles: Readonly<Record<number, string>> = {
  2: 'Redirection',
  3: 'PT Administration (everything)',
  4: 'Hardware Asset',
  5: 'Remote Control',
  6: 'Storage',
  7: 'Event Manager',
  8: 'Storage Administration',
  9: 'Agent Presence Local',
  10: 'Agent Presence Remote',
  11: 'Circuit Breaker',
  12: 'Network Time',
  13: 'General Information',
  14: 'Firmware Update',
  15: 'EIT',
  16: 'Local User Notification',
  17: 'Endpoint Access Control',
  18: 'Endpoint Access Control Administration',
  19: 'Event Log Reader',
  20: 'Audit Log',
  21: 'User Access Control',
  24: 'Local System'
}

/** The realms a person chooses among, in the order of the numbers. */
export const realmNumbers: readonly number[] = Object.keys(realmTitles).map(Number)

/** "Redirection, Remote Control" */
export const realmWords = (realms: readonly number[]): string =>
  realms.length === 0
    ? 'no realm'
    : [...realms]
        .sort((a, b) => a - b)
        .map((realm) => realmTitles[realm] ?? `realm ${realm}`)
        .join(', ')
