// How cells look: the marks around and in them, the frozen columns, what is selected; in forced colours, too.
import { makeStyles, shorthands, tokens } from '@fluentui/react-components'
import { frozenColumns, frozenTemplate, gridTemplate, gridWidth, rowHeight } from './columns.ts'

const forced = '@media (forced-colors: active)'

export const useCellStyles = makeStyles({
  row: {
    position: 'absolute',
    top: 0,
    left: 0,
    width: '100%',
    minWidth: `${gridWidth}px`,
    display: 'grid',
    gridTemplateColumns: gridTemplate,
    height: `${rowHeight}px`,
    boxSizing: 'border-box',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    backgroundColor: tokens.colorNeutralBackground1,
    cursor: 'default',
    userSelect: 'none',
    contain: 'layout style'
  },
  here: { backgroundColor: tokens.colorNeutralBackground3 },
  leftOut: { color: tokens.colorNeutralForeground3, textDecorationLine: 'line-through' },
  cell: {
    position: 'relative',
    padding: '0 6px',
    minWidth: 0,
    lineHeight: `${rowHeight - 7}px`,
    whiteSpace: 'nowrap',
    ...shorthands.borderWidth('1px'),
    ...shorthands.borderStyle('solid'),
    ...shorthands.borderColor('transparent'),
    borderRadius: tokens.borderRadiusMedium,
    margin: '2px 0',
    backgroundColor: 'inherit',
    // Forced colours would draw what is transparent.
    [forced]: { ...shorthands.borderStyle('none'), padding: '1px 7px' }
  },
  icons: { display: 'flex', alignItems: 'center' },
  /** The input brings its own frame. */
  open: { padding: 0, ...shorthands.borderColor('transparent') },
  /** Only where it is needed: each clip costs the compositor. */
  clipped: { overflow: 'hidden', textOverflow: 'ellipsis' },
  /** The frozen columns move as one: each sticky element is a layer of its own. */
  frozen: {
    position: 'sticky',
    left: 0,
    zIndex: 2,
    display: 'grid',
    gridColumn: `1 / ${frozenColumns + 1}`,
    gridTemplateColumns: frozenTemplate,
    backgroundColor: 'inherit',
    boxShadow: `1px 0 0 ${tokens.colorNeutralStroke2}`
  },
  right: { textAlign: 'right', fontVariantNumeric: 'tabular-nums' },
  mono: { fontFamily: tokens.fontFamilyMonospace, fontSize: '11.5px' },
  quiet: { color: tokens.colorNeutralForeground3 },
  blocker: {
    ...shorthands.borderColor(tokens.colorStatusDangerForeground1),
    [forced]: { ...shorthands.borderStyle('solid') }
  },
  warning: {
    ...shorthands.borderColor(tokens.colorStatusWarningForeground3),
    [forced]: { ...shorthands.borderStyle('dashed') }
  },
  /** Differs from what was known: a corner at the top right. */
  differs: {
    '::after': {
      content: '""',
      position: 'absolute',
      top: 0,
      right: 0,
      ...shorthands.borderWidth('4px'),
      ...shorthands.borderStyle('solid'),
      ...shorthands.borderColor(
        tokens.colorBrandForeground1,
        tokens.colorBrandForeground1,
        'transparent',
        'transparent'
      ),
      [forced]: { forcedColorAdjust: 'none', ...shorthands.borderColor('LinkText', 'LinkText', 'Canvas', 'Canvas') }
    }
  },
  /** Changed since it came in: a corner at the bottom left. */
  edited: {
    '::before': {
      content: '""',
      position: 'absolute',
      bottom: 0,
      left: 0,
      ...shorthands.borderWidth('4px'),
      ...shorthands.borderStyle('solid'),
      ...shorthands.borderColor(
        'transparent',
        'transparent',
        tokens.colorNeutralForeground3,
        tokens.colorNeutralForeground3
      ),
      [forced]: {
        forcedColorAdjust: 'none',
        ...shorthands.borderColor('Canvas', 'Canvas', 'CanvasText', 'CanvasText')
      }
    }
  },
  selected: {
    backgroundColor: tokens.colorBrandBackground2,
    [forced]: { forcedColorAdjust: 'none', backgroundColor: 'Highlight', color: 'HighlightText' }
  },
  active: {
    outline: `2px solid ${tokens.colorStrokeFocus2}`,
    outlineOffset: '-1px',
    zIndex: 1,
    [forced]: { outline: '2px solid Highlight', outlineOffset: '1px' }
  },
  waiting: {
    display: 'block',
    height: '8px',
    width: '70%',
    marginTop: `${rowHeight / 2 - 8}px`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground4
  }
})
