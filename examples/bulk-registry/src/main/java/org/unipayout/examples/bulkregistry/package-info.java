/** Pays an accountant's registry file; may be stopped and started again at any moment. */
@NullMarked
package org.unipayout.examples.bulkregistry;

import org.jspecify.annotations.NullMarked;
