// How much garbage may pile up in memory before it is collected.
import { setFlagsFromString } from 'node:v8'

/**
 * Left alone, V8 lets the heap grow to twice what is in use and more before it looks through all of it; a list of 100,000
 * computers then costs 60 MB that nobody needs. With three tenths it looks more often, most of it beside the program's own work.
 */
export const keepHeapSmall = (): void => setFlagsFromString('--heap-growing-percent=30')
