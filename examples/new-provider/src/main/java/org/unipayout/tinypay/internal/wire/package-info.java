/** Tinypay's JSON, one record per object; every component of an answer may be absent, unknown fields are ignored. */
@NullMarked
package org.unipayout.tinypay.internal.wire;

import org.jspecify.annotations.NullMarked;
