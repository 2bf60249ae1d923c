// Whether AMT answers pings (ICMP) and RMCP pings (UDP 623), by which consoles look for it.
import { ok } from '../../../shared/problem.ts'
import { valuesSetting } from '../setting.ts'
import { readGeneral, writeGeneral } from './general.ts'
import { switches } from './switches.ts'

export const network = valuesSetting({
  name: 'network',
  wanted: ({ ping, rmcp }) => ping !== 'keep' || rmcp !== 'keep',
  values: {
    PingResponseEnabled: { title: 'Answers to pings' },
    RmcpPingResponseEnabled: { title: 'Answers to RMCP pings' }
  },
  want: ({ plan: { profile } }) =>
    ok(switches({ PingResponseEnabled: profile.ping, RmcpPingResponseEnabled: profile.rmcp })),
  read: (attempt) => readGeneral(attempt, { PingResponseEnabled: true, RmcpPingResponseEnabled: true }),
  write: writeGeneral
})
