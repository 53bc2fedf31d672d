/** The one transport of all adapters: calls that leave at most once, questions that are repeated, JSON and RSA. */
@NullMarked
package org.unipayout.http;

import org.jspecify.annotations.NullMarked;
