// HTTP proxies through which a device reaches its management presence server.
import { type Instance, numberOf, textOf } from '../value.ts'
import {
  type Call,
  type Classes,
  type MethodOutcome,
  no,
  ok,
  refer,
  sorted,
  status,
  systemKeys,
  writes
} from './kind.ts'
import { removeRow, rowsOf, table, withRows } from './table.ts'

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

/** Which proxy is tried first. */
function updatePriority({ state, at, fields }: Call): MethodOutcome {
  const wanted = numberOf(fields, 'Priority')
  if (wanted === undefined) return no(state, status.parameter)
  const row = (each: Instance) => sorted({ ...each, Priority: String(wanted) })
  const rows = rowsOf(state, pointName).map((each, n) => (n === at ? row(each) : each))
  return ok(withRows(state, pointName, rows))
}

export const proxyClasses: Classes = {
  IPS_HTTPProxyAccessPoint: table(pointName, () => [], {
    remove: removeRow(pointName),
    methods: { UpdatePriority: writes(updatePriority) }
  }),
  IPS_HTTPProxyService: table('IPS_HTTPProxyService', () => [proxyService()], {
    common: true,
    put: {},
    methods: { AddProxyAccessPoint: writes(addProxy) }
  })
}
