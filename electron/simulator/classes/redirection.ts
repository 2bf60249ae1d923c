// Redirection and KVM.
import { type Instance, numberOf } from '../value.ts'
import { type Classes, no, ok, sorted, status, systemKeys, writes } from './kind.ts'
import { stateChange, table } from './table.ts'

const redirectionMade = (): readonly Instance[] => [
  sorted({
    ...systemKeys('AMT_RedirectionService', 'Intel(r) AMT Redirection Service'),
    ElementName: 'Intel(r) AMT Redirection Service',
    EnabledState: '32771',
    ListenerEnabled: 'true'
  })
]

const serviceMade = (): readonly Instance[] => [
  sorted({
    ...systemKeys('CIM_RedirectionService', 'Intel(r) AMT KVM Redirection Service'),
    ElementName: 'Intel(r) ME KVM Redirection Service',
    EnabledState: '3',
    MaxCurrentEnabledSAPs: '1',
    RedirectionServiceType: ['3'],
    RequestedState: '12',
    SharingMode: '3'
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
  CIM_RedirectionService: table('CIM_RedirectionService', serviceMade, {
    common: true,
    methods: { RequestStateChange: stateChange('CIM_RedirectionService', serviceMade, ['2', '3'], 'EnabledState') }
  }),
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
  )
}
