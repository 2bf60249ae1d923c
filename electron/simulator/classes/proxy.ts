// HTTP proxies through which a device reaches its management presence server.
import { type Instance, textOf } from '../value.ts'
import {
  type Call,
  type Classes,
  fixed,
  type MethodOutcome,
  no,
  ok,
  refer,
  sorted,
  status,
  systemKeys,
  writes
} from './kind.ts'
import { rowsOf, table, withRows } from './table.ts'

const pointName = 'IPS_HTTPProxyAccessPoint'

function proxyService(): Instance {
  const title = 'Intel(r) ME:HTTP Proxy Service'
  return sorted({ ...systemKeys('IPS_HTTPProxyService', title), ElementName: title, SyncEnabled: 'true' })
}

const proxyName = (n: number): string => `Intel(r) ME:HTTP Proxy Access Point ${n}`

function addProxy({ state, fields }: Call): MethodOutcome {
  const rows = rowsOf(state, pointName)
  const values = Object.fromEntries(
    ['AccessInfo', 'InfoFormat', 'Port', 'NetworkDnsSuffix'].map((each) => [each, textOf(fields, each)])
  )
  if (values.AccessInfo === '' || values.Port === '') return no(state, status.parameter)
  if (rows.some((each) => each.AccessInfo === values.AccessInfo && each.Port === values.Port))
    return no(state, status.duplicate)
  const taken = new Set(rows.map((each) => each.Name))
  const name = [0, 1, 2, 3, 4].map(proxyName).find((each) => !taken.has(each))
  if (!name) return no(state, status.limit)
  const keys = systemKeys(pointName, name)
  const row = sorted({ ...keys, ...values, ElementName: 'Intel(r) ME:HTTP Proxy Access Point' })
  const next = withRows(state, pointName, [...rows, row])
  return ok(next, ['ProxyAccessPoint', refer(pointName, keys)])
}

export const proxyClasses: Classes = {
  IPS_HTTPProxyAccessPoint: table(pointName, () => [], {
    remove: ({ state, instance }) => ({
      state: withRows(
        state,
        pointName,
        rowsOf(state, pointName).filter((each) => each !== instance)
      )
    })
  }),
  IPS_HTTPProxyService: fixed([proxyService()], true, { AddProxyAccessPoint: writes(addProxy) })
}
