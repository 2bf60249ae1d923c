// Redirection, KVM and the consent of the person in front of the computer.
import type { DeviceState } from '../state.ts'
import { type Instance, numberOf } from '../value.ts'
import { type Classes, fixed, no, ok, reads, sorted, status, systemKeys, writes } from './kind.ts'
import { rowsOf, stateChange, table } from './table.ts'

const redirectionMade = (): readonly Instance[] => [
  sorted({
    ...systemKeys('AMT_RedirectionService', 'Intel(r) AMT Redirection Service'),
    ElementName: 'Intel(r) AMT Redirection Service',
    EnabledState: '32771',
    ListenerEnabled: 'true'
  })
]

const kvmMade = (): readonly Instance[] => [
  sorted({
    ...systemKeys('CIM_KVMRedirectionSAP', 'KVM Redirection Service Access Point'),
    ElementName: 'KVM Redirection Service Access Point',
    EnabledState: '6',
    KVMProtocol: '4',
    RequestedState: '2',
    SystemName: 'ManagedSystem'
  })
]

const kvmSettings = 'Intel(r) KVM Redirection Settings'
const consentName = 'IPS_OptInService'
/** Consent to nothing, to KVM, to everything. */
const consents = ['0', '1', '4294967295']

const consentMade = (): readonly Instance[] => [
  sorted({
    ...systemKeys(consentName, 'Intel(r) AMT OptIn Service'),
    CanModifyOptInPolicy: '1',
    ElementName: 'Intel(r) AMT OptIn Service',
    OptInCodeTimeout: '120',
    OptInDisplayTimeout: '300',
    OptInRequired: '0',
    OptInState: '0'
  })
]

/** Client control comes with consent to everything, which only admin control can lift. */
const consentOf = (state: DeviceState): readonly Instance[] =>
  rowsOf(state, consentName, consentMade).map((each) =>
    state.controlMode === 1 ? { ...each, CanModifyOptInPolicy: '0', OptInRequired: '4294967295' } : each
  )

const consent = table(consentName, consentMade, {
  common: true,
  put: {
    readOnly: ['CanModifyOptInPolicy', 'OptInState'],
    check: (after) => (consents.includes(String(after.OptInRequired)) ? undefined : status.parameter)
  },
  methods: {
    // Nobody sits in front of a practice device: no code is ever shown or taken. 2 is INVALID_STATE.
    StartOptIn: reads(({ state }) => no(state, 2)),
    SendOptInCode: reads(({ state }) => no(state, 2)),
    CancelOptIn: reads(({ state }) => no(state, 2))
  }
})

export const redirectionClasses: Classes = {
  AMT_RedirectionService: table('AMT_RedirectionService', redirectionMade, {
    common: true,
    put: { readOnly: ['AccessLog'] },
    methods: {
      // Off, IDE-R, SOL, both.
      RequestStateChange: stateChange(
        'AMT_RedirectionService',
        redirectionMade,
        ['32768', '32769', '32770', '32771'],
        'EnabledState'
      ),
      TerminateSession: writes(({ state, fields }) =>
        numberOf(fields, 'SessionType') === undefined ? no(state, status.parameter) : ok(state)
      )
    }
  }),
  CIM_RedirectionService: fixed([
    sorted({
      ...systemKeys('CIM_RedirectionService', 'Intel(r) AMT KVM Redirection Service'),
      ElementName: 'Intel(r) ME KVM Redirection Service',
      EnabledState: '3',
      MaxCurrentEnabledSAPs: '1',
      RedirectionServiceType: ['3'],
      RequestedState: '12',
      SharingMode: '3'
    })
  ]),
  CIM_KVMRedirectionSAP: table('CIM_KVMRedirectionSAP', kvmMade, {
    common: true,
    methods: {
      RequestStateChange: stateChange('CIM_KVMRedirectionSAP', kvmMade, ['2', '3'], 'RequestedState')
    }
  }),
  IPS_KVMRedirectionSettingData: table(
    'IPS_KVMRedirectionSettingData',
    () => [
      {
        BackToBackFbMode: 'false',
        DefaultScreen: '0',
        ElementName: kvmSettings,
        EnabledByMEBx: 'true',
        InstanceID: kvmSettings,
        Is5900PortEnabled: 'false',
        OptInPolicy: 'true',
        OptInPolicyTimeout: '300',
        RFBPassword: '',
        SessionTimeout: '3'
      }
    ],
    {
      put: { readOnly: ['EnabledByMEBx'], secret: ['RFBPassword'], optional: ['OptInPolicyTimeout'] },
      methods: { TerminateSession: writes(({ state }) => ok(state)) }
    }
  ),
  IPS_OptInService: {
    ...consent,
    instances: consentOf,
    put: (call) => {
      if (call.state.controlMode === 1) return { refused: status.notPermitted }
      return consent.put?.(call) ?? { refused: 'shape' }
    }
  }
}
