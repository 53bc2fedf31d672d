/** What the house is held against, beside its tests. Not published. */
@org.jspecify.annotations.NullMarked
package org.unipayout.house;
