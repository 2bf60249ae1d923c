// The consent of the person in front of the computer: a code on its screen, to be typed in by whoever manages it.
import { createHash } from 'node:crypto'
import type { DeviceState } from '../state.ts'
import { type Instance, textOf } from '../value.ts'
import { type Call, type Classes, type MethodOutcome, no, ok, sorted, status, systemKeys, writes } from './kind.ts'
import { rowsOf, table } from './table.ts'

const className = 'IPS_OptInService'
/** Consent to nothing, to KVM, to everything. */
const consents = ['0', '1', '4294967295']
/** OptInState: not started, the code is on the screen, the right code came in. */
const phase = { none: '0', shown: '2', received: '3' } as const
/** Wrong codes after which the code is taken off the screen; the number is believed, not recorded. */
const mostWrong = 3

const made = (): readonly Instance[] => [
  sorted({
    ...systemKeys(className, 'Intel(r) AMT OptIn Service'),
    CanModifyOptInPolicy: '1',
    ElementName: 'Intel(r) AMT OptIn Service',
    OptInCodeTimeout: '120',
    OptInDisplayTimeout: '300',
    OptInRequired: '0',
    OptInState: phase.none
  })
]

const phaseOf = ({ consent }: DeviceState): string => {
  if (!consent) return phase.none
  return consent.given ? phase.received : phase.shown
}

/** Client control comes with consent to everything, which only admin control can lift. */
const instances = (state: DeviceState): readonly Instance[] =>
  rowsOf(state, className, made).map((each) => ({
    ...each,
    OptInState: phaseOf(state),
    ...(state.controlMode === 1 && { CanModifyOptInPolicy: '0', OptInRequired: '4294967295' })
  }))

const seconds = ({ instance }: Call, name: string): number => Number(instance[name]) * 1000

/** Six digits that nobody outside can tell; derived, so that the device stays a function. */
const codeOf = ({ uuid, digestRealm, messageCounter }: DeviceState): string => {
  const digest = createHash('sha256').update(`${uuid}${digestRealm}${messageCounter}`).digest()
  return String(digest.readUInt32BE(0) % 1_000_000).padStart(6, '0')
}

function start(call: Call): MethodOutcome {
  const { state, now } = call
  const { consent } = state
  if (consent && now - consent.shownAt < seconds(call, 'OptInDisplayTimeout')) return no(state, status.notReady)
  return ok({ ...state, consent: { code: codeOf(state), shownAt: now, wrong: 0, given: false } })
}

/** The code travels as a number, so its leading zeros may be missing. */
function send(call: Call): MethodOutcome {
  const { state, fields, now } = call
  const { consent } = state
  if (!consent || consent.given) return no(state, status.notReady)
  if (now - consent.shownAt >= seconds(call, 'OptInCodeTimeout'))
    return no({ ...state, consent: null }, status.notReady)
  if (textOf(fields, 'OptInCode').padStart(6, '0') === consent.code)
    return ok({ ...state, consent: { ...consent, given: true } })
  const wrong = consent.wrong + 1
  return no({ ...state, consent: wrong < mostWrong ? { ...consent, wrong } : null }, status.unsupported)
}

const cancel = ({ state }: Call): MethodOutcome =>
  state.consent ? ok({ ...state, consent: null }) : no(state, status.notReady)

const stored = table(className, made, {
  common: true,
  put: {
    readOnly: ['CanModifyOptInPolicy', 'OptInState'],
    check: (after) => (consents.includes(String(after.OptInRequired)) ? undefined : status.parameter)
  },
  // Return values: 2 as recorded from a device with nothing on its screen; 2066 for a wrong code is believed.
  methods: { StartOptIn: writes(start), SendOptInCode: writes(send), CancelOptIn: writes(cancel) }
})

export const consentClasses: Classes = {
  [className]: {
    ...stored,
    instances,
    put: (call) => {
      if (call.state.controlMode === 1) return { refused: status.notPermitted }
      return stored.put?.(call) ?? { refused: 'shape' }
    }
  }
}
