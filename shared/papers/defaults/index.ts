import type { PaperKind } from '../../domain/lifecycle.ts';
import type { PaperTemplate } from '../template.ts';
import { assignmentSlip, discharge, transferSlip } from './custody.ts';
import { entryOrder, exitOrder, receptionReport } from './orders.ts';
import { assetRecord, assetStatement, disposalList, disposalReport, journalBook, syncStatement } from './statements.ts';

/**
 * The templates that ship with the program. Titles, columns and signatures as seen in use (domain.md 1.4); no text, form
 * number or rate of the law is quoted, because none was confirmed.
 */
export const DEFAULT_TEMPLATES: Readonly<Record<PaperKind, PaperTemplate>> = {
  'asset-record': assetRecord,
  'entry-order': entryOrder,
  'exit-order': exitOrder,
  'assignment-slip': assignmentSlip,
  'transfer-slip': transferSlip,
  discharge,
  'reception-report': receptionReport,
  'asset-statement': assetStatement,
  'disposal-list': disposalList,
  'disposal-report': disposalReport,
  'journal-book': journalBook,
  'sync-statement': syncStatement,
};
