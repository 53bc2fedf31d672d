/** What others make and this house uses. */
@NullMarked
package org.unipayout.supplychain;

import org.jspecify.annotations.NullMarked;
