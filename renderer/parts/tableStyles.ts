// How the large tables look that scroll in a frame of their own: audit log, callers, jobs.
import { makeStyles, tokens } from '@fluentui/react-components'

export const useTableStyles = makeStyles({
  frame: {
    overflow: 'auto',
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` }
  },
  /** Takes what the page leaves, and scrolls. */
  fills: { flexGrow: 1, flexBasis: 0, minHeight: '220px' },
  table: { width: '100%', borderCollapse: 'separate', borderSpacing: 0, fontSize: tokens.fontSizeBase200 },
  head: {
    position: 'sticky',
    top: 0,
    zIndex: 1,
    textAlign: 'left',
    padding: '8px 12px',
    backgroundColor: tokens.colorNeutralBackground3,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    whiteSpace: 'nowrap'
  },
  cell: { padding: '7px 12px', verticalAlign: 'top', borderBottom: `1px solid ${tokens.colorNeutralStroke3}` }
})
