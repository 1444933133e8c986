//! collaboration
