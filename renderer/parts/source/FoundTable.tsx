// What a search has found so far, a line each.
import { makeStyles, tokens } from '@fluentui/react-components'
import type { Found } from '../../../shared/found.ts'
import { number } from '../../words.ts'

const useStyles = makeStyles({
  frame: {
    maxHeight: '264px',
    overflow: 'auto',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium
  },
  table: { borderCollapse: 'collapse', width: '100%' },
  cell: {
    textAlign: 'left',
    verticalAlign: 'top',
    padding: '5px 10px',
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    fontWeight: tokens.fontWeightRegular,
    overflowWrap: 'anywhere'
  },
  head: {
    position: 'sticky',
    top: 0,
    padding: '6px 10px',
    textAlign: 'left',
    backgroundColor: tokens.colorNeutralBackground3,
    fontWeight: tokens.fontWeightSemibold
  },
  name: { minWidth: '210px' },
  address: { whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' },
  quiet: { color: tokens.colorNeutralForeground3 },
  more: { margin: 0, padding: '6px 10px' }
})

/** A table of thousands would make the page slow; all of them are taken all the same. */
const shown = 500

export function FoundTable({ found }: { readonly found: readonly Found[] }) {
  const styles = useStyles()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and a keyboard must reach that.
    <section className={styles.frame} tabIndex={0} aria-label="Computers found">
      <table className={styles.table} data-found={found.length}>
        <thead>
          <tr>
            {['Address', 'Name', 'AMT version', 'AMT status', 'What was seen'].map((title) => (
              <th key={title} scope="col" className={styles.head}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {found.slice(0, shown).map(({ address, fqdn, amtVersion, amtStatus, words, takeable }) => (
            <tr key={address} data-address={address} className={takeable ? undefined : styles.quiet}>
              <th scope="row" className={`${styles.cell} ${styles.address}`}>
                {address}
              </th>
              <td className={`${styles.cell} ${styles.name}`}>{fqdn === '' ? '–' : fqdn}</td>
              <td className={`${styles.cell} ${styles.address}`}>{amtVersion === '' ? '–' : amtVersion}</td>
              <td className={`${styles.cell} ${styles.address}`}>{takeable ? amtStatus : 'No AMT'}</td>
              <td className={styles.cell}>{words}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {found.length > shown && <p className={styles.more}>and {number(found.length - shown)} more</p>}
    </section>
  )
}
