// On and off as a profile wishes it, to the values a setting wants.
import type { Wish } from '../../../shared/profile.ts'
import type { Wanted } from '../setting.ts'

/** Only what shall be on or off; what shall stay as it is, is left out. */
export const switches = (wishes: Readonly<Record<string, Wish>>): Wanted =>
  Object.fromEntries(Object.entries(wishes).flatMap(([key, wish]) => (wish === 'keep' ? [] : [[key, wish === 'on']])))

/** The states of CIM_EnabledLogicalElement.RequestStateChange that most services know. */
export const enabled = 2
export const disabled = 3
