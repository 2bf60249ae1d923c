// The take-over of an activated device: its steps, in the one order that is safe.
import type { Step } from './attempt.ts'
import { clock } from './steps/clock.ts'
import { commit } from './steps/commit.ts'
import { identity } from './steps/identity.ts'
import { login } from './steps/login.ts'
import { names } from './steps/names.ts'
import { password } from './steps/password.ts'
import { reach } from './steps/reach.ts'
import { state } from './steps/state.ts'
import { verify } from './steps/verify.ts'

/** Identity before any write; the password after the settings that need the old login; the proof last. */
export const takeOver: readonly Step[] = [reach, login, identity, state, names, clock, password, commit, verify]
